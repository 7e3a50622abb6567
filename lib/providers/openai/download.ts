import { callProvider, streamFromProvider } from "../call-provider.ts";
import { endingWithNewline } from "../json-lines.ts";
import { unreadableReplyError } from "../provider-failure.ts";
import type { CallOptions } from "../provider.ts";
import { wireFileSchema } from "./api-types.ts";
import type { OpenAiClient } from "./client.ts";

/**
 * The files one after the other, each ended by a newline. A download that ends early without an error of the connection is
 * told by the file's own size, and fails with a retryable `unreadable_reply`.
 */
export async function* downloadFiles(
  client: OpenAiClient,
  fileIds: string[],
  options: CallOptions,
): AsyncIterable<Uint8Array> {
  for (const fileId of fileIds) yield* endingWithNewline(downloadFile(client, fileId, options));
}

async function* downloadFile(
  client: OpenAiClient,
  fileId: string,
  options: CallOptions,
): AsyncIterable<Uint8Array> {
  const file = await callProvider(client.context, options, async (signal) =>
    wireFileSchema.parse(await client.sdk.files.retrieve(fileId, { signal })),
  );
  let receivedBytes = 0;
  const bytes = streamFromProvider(client.context, options, (signal) =>
    client.sdk.files.content(fileId, { signal }),
  );
  for await (const chunk of bytes) {
    receivedBytes += chunk.byteLength;
    yield chunk;
  }
  if (client.shortages.isCutOff(fileId, receivedBytes, file.bytes ?? 0)) {
    throw unreadableReplyError(
      `the result file ${fileId} has ${file.bytes} bytes and ${receivedBytes} arrived.`,
      client.context,
    );
  }
}
