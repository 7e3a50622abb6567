import type { AppContext } from "#lib/context.ts";
import { accountFileLimits, type AccountFile } from "#lib/domain/account-file.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider, ProviderFile } from "#lib/providers/provider.ts";
import { judgeAccountFiles } from "./judge-account-files.ts";

/** Files that are looked up in the database at once: each look passes over all of the provider's jobs. */
const chunkSize = 1_000;

export type AccountFiles = { files: AccountFile[]; isCut: boolean };

/**
 * Every file that a provider's account holds, in chunks as its pages arrive, each with the job here that it belongs to.
 * Changes nothing. Ends with `isCut` after 20,000 files. Rejects with `ProviderError`.
 */
export async function* listAccountFiles(
  context: AppContext,
  { provider: id, limit = accountFileLimits.listed }: { provider: ProviderId; limit?: number },
  signal?: AbortSignal,
): AsyncIterable<AccountFiles> {
  const provider = context.providers.get(id);
  let chunk: ProviderFile[] = [];
  let count = 0;
  for await (const file of provider.listFiles({ signal })) {
    if (count === limit) {
      yield { files: await withStates(context, provider, chunk), isCut: true };
      return;
    }
    count += 1;
    chunk.push(file);
    if (chunk.length < chunkSize) continue;
    yield { files: await withStates(context, provider, chunk), isCut: false };
    chunk = [];
  }
  yield { files: await withStates(context, provider, chunk), isCut: false };
}

async function withStates(
  context: AppContext,
  provider: BatchProvider,
  files: readonly ProviderFile[],
): Promise<AccountFile[]> {
  const judged = await judgeAccountFiles(context, provider, files);
  return files.flatMap(({ id: fileId, ...file }, index) => {
    const verdict = judged[index];
    return verdict ? [{ provider: provider.id, fileId, ...file, ...verdict }] : [];
  });
}
