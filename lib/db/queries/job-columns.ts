import { getTableColumns } from "drizzle-orm";
import { jobs } from "#lib/db/schema/jobs.ts";

const { raw: _raw, ...columns } = getTableColumns(jobs);

/** Every column of a job but the provider's object, which can be large and is read for one job at a time. */
export const jobColumns = columns;
