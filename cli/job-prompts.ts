import { readFile } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "#lib/domain/errors.ts";
import { customIdOf, randomToken } from "#lib/domain/ids.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import { builtInPrompt, builtInPromptCount } from "#lib/prompts/built-in.ts";
import { readPrompts } from "#lib/prompts/read-prompts.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

const listedProblems = 20;

export type JobPrompts = { count: number; at: (position: number) => string };

/** The built-in prompts, or those of `--prompts`. Throws `UsageError` when the file cannot be used. */
export async function readJobPrompts(session: Session): Promise<JobPrompts> {
  const name = session.flags.prompts;
  if (name === undefined) return { count: builtInPromptCount, at: builtInPrompt };
  const { prompts, problems, problemCount } = readPrompts(await readPromptFile(session, name), {
    fileName: name,
  });
  for (const { line, message } of problems.slice(0, listedProblems)) {
    session.output.note(`${name}${line === null ? "" : `, line ${line}`}: ${message}`);
  }
  if (problemCount > listedProblems)
    session.output.note(`${name}: and ${problemCount - listedProblems} more.`);
  if (prompts.length === 0) throw new UsageError(`${name} holds no prompt that can be used.`);
  return { count: prompts.length, at: (position) => prompts[position] ?? "" };
}

async function readPromptFile({ directory }: Session, name: string): Promise<Uint8Array> {
  try {
    return await readFile(path.resolve(directory, name));
  } catch (error) {
    throw new UsageError(`The prompts cannot be read: ${messageOf(error)}.`);
  }
}

/** The requests of the job at a position of the run; prompts go on where the job before stopped and begin anew at the end. */
export function requestsOfJob(
  prompts: JobPrompts,
  jobIndex: number,
  requestCount: number,
): () => AsyncIterable<BatchRequest> {
  const nonce = randomToken(16);
  return async function* requests() {
    for (let index = 0; index < requestCount; index += 1) {
      const prompt = prompts.at((jobIndex * requestCount + index) % prompts.count);
      yield { customId: customIdOf(nonce, index), prompt };
    }
  };
}
