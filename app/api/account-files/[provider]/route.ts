import {
  deleteFilesInputSchema,
  type AccountFilesLine,
  type DeleteFilesInput,
  type DeleteFilesLine,
} from "#lib/domain/account-file.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { deleteAccountFiles } from "#lib/engine/delete-account-files.ts";
import { listAccountFiles } from "#lib/engine/list-account-files.ts";
import { getContext } from "#lib/server-context.ts";
import { providerOf } from "../../provider-of.ts";
import { parseBody } from "../../respond.ts";
import { respondWithStream } from "../../stream-lines.ts";

type RouteProps = { params: Promise<{ provider: string }> };

/** Streams the files that the account holds as `AccountFilesLine`s. Changes nothing. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return respondWithStream(async () => {
    const provider = providerOf(await params);
    return listLines(provider, request.signal);
  });
}

/** Deletes files of the account that are not needed any more and streams `DeleteFilesLine`s while it does. */
export function POST(request: Request, { params }: RouteProps): Promise<Response> {
  return respondWithStream(async () => {
    const provider = providerOf(await params);
    const input = await parseBody(deleteFilesInputSchema, request);
    return deletionLines(provider, input, request.signal);
  });
}

async function* listLines(provider: ProviderId, signal: AbortSignal): AsyncIterable<AccountFilesLine> {
  const context = await getContext();
  let isCut = false;
  for await (const chunk of listAccountFiles(context, { provider }, signal)) {
    isCut = chunk.isCut;
    yield { type: "files", files: chunk.files };
  }
  const holdsFiles = context.providers.get(provider).capabilities.fileFields.length > 0;
  yield { type: "end", holdsFiles, isCut };
}

async function* deletionLines(
  provider: ProviderId,
  input: DeleteFilesInput,
  signal: AbortSignal,
): AsyncIterable<DeleteFilesLine> {
  for await (const progress of deleteAccountFiles(await getContext(), { provider, ...input }, signal)) {
    yield { type: "progress", ...progress };
  }
  yield { type: "end" };
}
