import { AppError } from "#lib/domain/errors.ts";

/** Throws `AppError("invalid_input")` unless the key is a relative path of harmless characters. */
export function checkStorageKey(key: string): void {
  if (!/^[a-z0-9_.-]+(\/[a-z0-9_.-]+)*$/.test(key) || key.split("/").includes("..")) {
    throw new AppError("invalid_input", `"${key}" is not a storage key.`);
  }
}
