import { ProviderError } from "#lib/domain/errors.ts";
import { listPages } from "../list-pages.ts";
import type { CallOptions, ProviderFile } from "../provider.ts";
import { wireFilePageSchema } from "./api-types.ts";
import { callGoogle, type GoogleClient } from "./client.ts";
import { mapFile } from "./mapper.ts";
import { deleteInputFile } from "./submit.ts";

/** The documented largest page. */
const filePageSize = 100;

/** Every uploaded file of the project. Result files are not among them: they live with their batch. */
export function listFiles(client: GoogleClient, options: CallOptions): AsyncIterable<ProviderFile> {
  return listPages(client.context, (pageToken) => {
    const config = { pageSize: filePageSize, pageToken: pageToken ?? undefined };
    return callGoogle(
      client,
      options,
      (sdk) => sdk.files.list({ config }),
      (reply) => {
        const { files, nextPageToken } = wireFilePageSchema.parse(reply);
        return { items: (files ?? []).map(mapFile), next: nextPageToken || null };
      },
    );
  });
}

/** Resolves when the file is gone: a missing one is answered with 403 and words that `errors.ts` reads as "not found". */
export async function deleteFile(
  client: GoogleClient,
  fileName: string,
  options: CallOptions,
): Promise<void> {
  try {
    await deleteInputFile(client, fileName, options);
  } catch (error) {
    if (!(error instanceof ProviderError && error.kind === "not_found")) throw error;
  }
}
