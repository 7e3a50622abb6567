import { AppError, ProviderError, type AppErrorCode, type FieldProblem } from "./errors.ts";

/** What a server action or route answers: a value, or a message for the user with the fields it belongs to. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | { ok: false; code: AppErrorCode; message: string; problems: FieldProblem[] };

/** Maps an expected error to an answer. Anything else is a defect: it is re-thrown for the seam to log. */
export function toActionFailure(error: unknown): Extract<ActionResult<never>, { ok: false }> {
  if (error instanceof ProviderError) {
    return { ok: false, code: "provider", message: error.message, problems: [] };
  }
  if (error instanceof AppError) {
    return { ok: false, code: error.code, message: error.message, problems: error.problems };
  }
  throw error;
}
