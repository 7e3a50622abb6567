import * as z from "zod/mini";
import { providerIds } from "./provider-id.ts";

export const accountFileLimits = {
  /** Files that one listing shows; what an account holds beyond is said, and shown when room has been made. */
  listed: 20_000,
} as const;

/**
 * What a file at a provider is to this installation. `deletable`: every job that refers to it was launched here, is over,
 * and its results are stored here. `running`: such a job is not over. `uncollected`: its results are not here. `adopted`:
 * the job was launched elsewhere. `named`: no job refers to it, but it has the name of one. `foreign`: not ours.
 */
export const accountFileStates = [
  "deletable",
  "running",
  "uncollected",
  "adopted",
  "named",
  "foreign",
] as const;
export type AccountFileState = (typeof accountFileStates)[number];

const fileId = z.string().check(z.minLength(1), z.maxLength(300));

/** One file that an account holds at its provider. What the provider does not say is null. */
export const accountFileSchema = z.object({
  provider: z.enum(providerIds),
  fileId: z.string(),
  name: z.nullable(z.string()),
  /** The provider's own word for what the file is. */
  purpose: z.nullable(z.string()),
  sizeBytes: z.nullable(z.int()),
  /** Provider clock. */
  createdAt: z.nullable(z.coerce.date()),
  /** When the provider deletes it by itself, by its clock. */
  expiresAt: z.nullable(z.coerce.date()),
  state: z.enum(accountFileStates),
  /** The job here that it belongs to; null for `foreign`. */
  jobId: z.nullable(z.string()),
});
export type AccountFile = z.infer<typeof accountFileSchema>;

/** The files that a user has confirmed; each is judged again before it is deleted. */
export const deleteFilesInputSchema = z.object({
  fileIds: z.array(fileId).check(z.minLength(1), z.maxLength(accountFileLimits.listed)),
});
export type DeleteFilesInput = z.infer<typeof deleteFilesInputSchema>;

const count = z.int();

/** How far a deletion has come: `deletedIds` since the line before, the counts since its start. */
export const deleteFilesProgressSchema = z.object({
  deletedIds: z.array(z.string()),
  /** Not deleted, because since the listing they are no longer, or never were, deletable. */
  keptCount: count,
  /** Why deletions failed, each reason once with how often. */
  failures: z.array(z.object({ message: z.string(), count })),
});
export type DeleteFilesProgress = z.infer<typeof deleteFilesProgressSchema>;

const failureLineSchema = z.object({ type: z.literal("failure"), message: z.string() });

/** What a listing streams, one JSON line each: files as they are read, then `end` or `failure`. */
export const accountFilesLineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("files"), files: z.array(accountFileSchema) }),
  /** `holdsFiles` false: this provider keeps no files for batches. `isCut`: there are more than were listed. */
  z.object({ type: z.literal("end"), holdsFiles: z.boolean(), isCut: z.boolean() }),
  failureLineSchema,
]);
export type AccountFilesLine = z.infer<typeof accountFilesLineSchema>;

/** What a deletion streams, then `end` or `failure`. */
export const deleteFilesLineSchema = z.discriminatedUnion("type", [
  z.extend(deleteFilesProgressSchema, { type: z.literal("progress") }),
  z.object({ type: z.literal("end") }),
  failureLineSchema,
]);
export type DeleteFilesLine = z.infer<typeof deleteFilesLineSchema>;
