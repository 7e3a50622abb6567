import { getTableColumns } from "drizzle-orm";
import { jobs } from "#lib/db/schema/jobs.ts";

const { raw: _raw, searchText: _searchText, ...columns } = getTableColumns(jobs);

/** Every column of a job but what the search looks at and the provider's object, which can be large. */
export const jobColumns = columns;
