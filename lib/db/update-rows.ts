import { getTableColumns, sql, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/**
 * A derived table named `alias` of these values, for `update … set … from`: one statement writes many rows, each with
 * values of its own. Every row has the same keys, which are those of the table's columns; `assignments` sets all of
 * them but `id`. Values travel as JSON, so dates, numbers, texts, truth values, null and JSON columns are meant.
 */
export function valuesTable(table: PgTable, alias: string, rows: readonly Record<string, unknown>[]) {
  const keys = Object.keys(rows[0] ?? {});
  const known = getTableColumns(table);
  const columns = keys.map((key) => {
    const column = known[key];
    if (!column) throw new TypeError(`The table has no column ${key}.`);
    return { key, name: column.name, type: column.getSQLType() };
  });
  const list = (parts: SQL[]) => sql.join(parts, sql`, `);
  const definition = list(columns.map(({ key, type }) => sql`${sql.identifier(key)} ${sql.raw(type)}`));
  const assigned = columns.filter(({ name }) => name !== "id");
  return {
    from: sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.identifier(alias)}(${definition})`,
    assignments: list(
      assigned.map(
        ({ key, name }) => sql`${sql.identifier(name)} = ${sql.identifier(alias)}.${sql.identifier(key)}`,
      ),
    ),
  };
}
