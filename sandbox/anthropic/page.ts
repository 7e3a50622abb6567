import { anthropicError, invalidRequest } from "./errors.ts";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/** The query of a list call. */
export interface PageQuery {
  readonly limit?: string | undefined;
  readonly after_id?: string | undefined;
  readonly before_id?: string | undefined;
}

/**
 * One page of a list that is newest first. `after_id` gives the items after that one, which are older;
 * `before_id` the page just before it. `has_more` speaks of the direction asked for.
 */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: PageQuery,
): Page<Item> {
  const limit = limitOf(query.limit);
  const after = query.after_id || undefined;
  const before = query.before_id || undefined;
  if (after !== undefined && before !== undefined) {
    throw invalidRequest("after_id: Only one of after_id and before_id may be given");
  }
  if (before !== undefined) {
    const end = placeOf(items, before, "before_id");
    const start = Math.max(end - limit, 0);
    return { items: items.slice(start, end), hasMore: start > 0 };
  }
  const start = after === undefined ? 0 : placeOf(items, after, "after_id") + 1;
  return { items: items.slice(start, start + limit), hasMore: start + limit < items.length };
}

function limitOf(text: string | undefined): number {
  if (text === undefined || text === "") return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!Number.isInteger(limit)) {
    throw invalidRequest("limit: Input should be a valid integer, unable to parse string as an integer");
  }
  if (limit < 1) throw invalidRequest("limit: Input should be greater than or equal to 1");
  if (limit > MAX_LIMIT) throw invalidRequest(`limit: Input should be less than or equal to ${MAX_LIMIT}`);
  return limit;
}

function placeOf(items: readonly { readonly id: string }[], id: string, name: string): number {
  const place = items.findIndex((item) => item.id === id);
  if (place === -1) throw anthropicError(404, "not_found_error", `${name}: ${id} not found.`);
  return place;
}

/** The page as the API shows it. */
export function wirePage(data: readonly unknown[], page: Page<{ readonly id: string }>): unknown {
  return {
    data,
    has_more: page.hasMore,
    first_id: page.items[0]?.id ?? null,
    last_id: page.items.at(-1)?.id ?? null,
  };
}
