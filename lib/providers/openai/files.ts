import { ProviderError } from "#lib/domain/errors.ts";
import { callProvider } from "../call-provider.ts";
import { listPages } from "../list-pages.ts";
import type { CallOptions, ProviderFile } from "../provider.ts";
import { wireFilePageSchema } from "./api-types.ts";
import type { OpenAiClient } from "./client.ts";
import { mapFile } from "./mapper.ts";

/** The API gives up to 10,000 at once; smaller pages show the first files sooner. */
const filePageSize = 1_000;

/** Every file of the project, newest first, whatever it is for. */
export function listFiles(client: OpenAiClient, options: CallOptions): AsyncIterable<ProviderFile> {
  return listPages(client.context, (after) =>
    callProvider(client.context, options, async (signal) => {
      const query = { limit: filePageSize, order: "desc", after: after ?? undefined };
      const { data, has_more } = wireFilePageSchema.parse(await client.sdk.get("/files", { query, signal }));
      return { items: data.map(mapFile), next: (has_more && data.at(-1)?.id) || null };
    }),
  );
}

/** Resolves when the file is gone. */
export async function deleteFile(client: OpenAiClient, id: string, options: CallOptions): Promise<void> {
  try {
    await callProvider(client.context, options, (signal) => client.sdk.files.delete(id, { signal }));
  } catch (error) {
    // Gone already, by its retention or by an earlier attempt that was interrupted.
    if (!(error instanceof ProviderError && error.kind === "not_found")) throw error;
  }
}
