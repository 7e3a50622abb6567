import type { ActionResult } from "#lib/domain/action-result.ts";

/** Calls a server action. Rejects with an Error whose message is written for the user. */
export async function runAction<T>(action: () => Promise<ActionResult<T>>): Promise<T> {
  let result: ActionResult<T>;
  try {
    result = await action();
  } catch (cause) {
    throw new Error("Batchmark does not answer. Check that it is running, then try again.", { cause });
  }
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
