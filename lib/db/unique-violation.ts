/** Whether a statement failed because another row has the same unique value (SQLSTATE 23505), on either database. */
export function isUniqueViolation(thrown: unknown): boolean {
  let current = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ("code" in current && current.code === "23505") return true;
    current = current.cause;
  }
  return false;
}
