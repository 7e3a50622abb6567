/** The command was called in a wrong way, or the environment lacks something: nothing was done. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
