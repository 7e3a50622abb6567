import { AppError, messageOf } from "#lib/domain/errors.ts";
import type { S3Place } from "./s3-storage.ts";

const noRoom = new Set(["InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "EntityTooLarge"]);
const refusals = new Set(["AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden"]);

/** HTTP status of a store's answer; null when none came. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("$metadata" in error)) return null;
  const { $metadata: metadata } = error;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return null;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : null;
}

/** What a store's refusal or silence means to us, with what to do. An `AppError` stays as it is. */
export function s3Error(error: unknown, { bucket, endpoint }: S3Place): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error ? error.name : "";
  const status = statusOf(error);
  const where = endpoint ? new URL(endpoint).host : "Amazon S3";
  const options = { cause: error };
  if (name === "NoSuchBucket") {
    return new AppError(
      "storage",
      `There is no bucket ${bucket} at ${where}. Create it, or correct BATCHMARK_S3_BUCKET; it goes on by itself.`,
      options,
    );
  }
  if (name === "NoSuchKey" || status === 404) {
    return new AppError("not_found", "This result file is no longer in the storage.", options);
  }
  if (status === 507 || noRoom.has(name)) {
    return new AppError(
      "limit",
      `There is no room in the bucket ${bucket} at ${where}. Make room; it goes on by itself.`,
      options,
    );
  }
  if (name === "CredentialsProviderError") {
    return new AppError(
      "storage",
      "No credentials for the S3 storage are set. Put AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY into the environment and restart.",
      options,
    );
  }
  if (status === 401 || status === 403 || refusals.has(name)) {
    return new AppError(
      "storage",
      `${where} refuses our access to the bucket ${bucket} (${name}). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the rights of that key.`,
      options,
    );
  }
  const said = status === null ? messageOf(error) : `status ${status}, ${name}`;
  return new AppError(
    "storage",
    `The bucket ${bucket} at ${where} cannot be used (${said}). Check BATCHMARK_S3_ENDPOINT and the store; it is tried again.`,
    options,
  );
}
