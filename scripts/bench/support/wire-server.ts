import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { resultLine } from "./wire-results.ts";
import { answerTasks } from "./worker-process.ts";

/** Sets whose results are served, and how many lines of them; starts the count of received bytes anew. */
export type WireServerTask = { provider: ProviderId; resultLineCount: number };
export type WireServerReply = {
  origin: string;
  /** Exact size of the result file. */
  resultBytes: number;
  /** Bytes of request bodies since the task before. */
  receivedBytes: number;
};

const linesPerBlock = 100;
const createdAt = "2026-01-02T03:04:05Z";
const createdAtSeconds = Date.parse(createdAt) / 1000;

let block = Buffer.alloc(0);
let lineCount = 0;
let receivedBytes = 0;

/**
 * Speaks just enough of the three wire protocols for one submission and one download, and does nothing that costs
 * time: uploads are counted and thrown away, results are one block of lines sent over and over. `/bare` takes and
 * gives the same bytes without any protocol.
 */
const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`wire server: ${String(error)}\n`);
    response.destroy();
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  for await (const chunk of request) {
    // A request without an encoding yields Buffers only.
    receivedBytes += (chunk as Buffer).length;
  }
  if (/^\/bare$|\/content$|:download$|\/results$/.test(pathname) && request.method === "GET") {
    return sendResults(response);
  }
  if (pathname.startsWith("/openai/")) return sendJson(response, openAiReply(pathname));
  if (pathname.startsWith("/anthropic/")) return sendJson(response, anthropicBatch(request.headers.host));
  if (pathname.startsWith("/google/upload/")) {
    if (searchParams.has("upload_id")) {
      const isLast = String(request.headers["x-goog-upload-command"]).includes("finalize");
      response.setHeader("x-goog-upload-status", isLast ? "final" : "active");
    } else {
      response.setHeader("x-goog-upload-url", `http://${request.headers.host}${pathname}?upload_id=1`);
    }
    return sendJson(response, { file: { name: "files/input" } });
  }
  return sendJson(response, googleOperation());
}

function openAiReply(pathname: string) {
  if (pathname.includes("/files")) return { id: "file-1", object: "file", bytes: resultBytes() };
  return {
    id: "batch_1",
    object: "batch",
    status: "completed",
    input_file_id: "file-0",
    output_file_id: "file-1",
    created_at: createdAtSeconds,
    completed_at: createdAtSeconds + 60,
    request_counts: { total: lineCount, completed: lineCount, failed: 0 },
  };
}

function googleOperation() {
  return {
    name: "batches/1",
    metadata: {
      state: "BATCH_STATE_SUCCEEDED",
      createTime: createdAt,
      endTime: createdAt,
      output: { responsesFile: "files/output" },
      batchStats: { requestCount: String(lineCount), successfulRequestCount: String(lineCount) },
    },
    done: true,
  };
}

function anthropicBatch(host: string | undefined) {
  return {
    id: "msgbatch_1",
    type: "message_batch",
    processing_status: "ended",
    request_counts: { processing: 0, succeeded: lineCount, errored: 0, canceled: 0, expired: 0 },
    created_at: createdAt,
    ended_at: createdAt,
    results_url: `http://${host}/anthropic/v1/messages/batches/msgbatch_1/results`,
  };
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}

/** Every line has the same length. */
function resultBytes(): number {
  return (block.length * lineCount) / linesPerBlock;
}

async function sendResults(response: ServerResponse): Promise<void> {
  response.setHeader("content-type", "application/octet-stream");
  for (let sent = 0; sent < lineCount; sent += linesPerBlock) {
    if (!response.write(block)) await new Promise((resolve) => response.once("drain", resolve));
  }
  response.end();
}

server.listen(0, "127.0.0.1");

answerTasks(
  async ({ provider, resultLineCount }: WireServerTask): Promise<WireServerReply> => {
    const lines = Array.from({ length: linesPerBlock }, (_, index) => resultLine(provider, index));
    block = Buffer.from(lines.join(""));
    lineCount = Math.ceil(resultLineCount / linesPerBlock) * linesPerBlock;
    const reply = { resultBytes: resultBytes(), receivedBytes };
    receivedBytes = 0;
    // The server listens on a TCP port, so its address is no pipe name.
    const { port } = server.address() as AddressInfo;
    return { origin: `http://127.0.0.1:${port}`, ...reply };
  },
  () => server.closeAllConnections(),
);
