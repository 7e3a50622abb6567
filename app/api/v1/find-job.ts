import { toJob } from "#lib/db/job-mapper.ts";
import { findPublicJob } from "#lib/db/queries/list-public-jobs.ts";
import type { AppContext } from "#lib/context.ts";
import type { Job } from "#lib/domain/job.ts";
import { foundOr } from "../respond.ts";

/** The job that a path names by our id or by the provider's, which may be escaped. Throws `AppError("not_found")`. */
export async function findJob({ db }: Pick<AppContext, "db">, written: string): Promise<Job> {
  const row = await findPublicJob(db, unescaped(written));
  return toJob(foundOr(row, "There is no such job here. Import its report file, or look at the provider."));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
