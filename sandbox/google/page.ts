import { invalidArgument } from "./errors.ts";

/** One page of a list and the token of the next; the token is left out on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken: string | null;
}

export interface PageSizes {
  readonly default: number;
  readonly maximum: number;
}

/** A page by `pageSize` and `pageToken`; the token names the first item of the page, so that new ones do not shift it. */
export function pageOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  query: Readonly<Record<string, string>>,
  sizes: PageSizes,
): Page<Item> {
  const size = sizeOf(query["pageSize"], sizes);
  const start = startOf(items, idOf, query["pageToken"]);
  const next = items[start + size];
  return {
    items: items.slice(start, start + size),
    nextPageToken: next === undefined ? null : Buffer.from(`page:${idOf(next)}`).toString("base64url"),
  };
}

function sizeOf(text: string | undefined, sizes: PageSizes): number {
  if (text === undefined || text === "" || text === "0") return sizes.default;
  const size = Number(text);
  if (!Number.isInteger(size)) {
    const message = `Invalid value at 'page_size' (TYPE_INT32), "${text}"`;
    throw invalidArgument(message, "page_size");
  }
  if (size < 0) throw invalidArgument("page_size must not be negative", "page_size");
  return Math.min(size, sizes.maximum);
}

function startOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  token: string | undefined,
): number {
  if (token === undefined || token === "") return 0;
  const decoded = Buffer.from(token, "base64url").toString("utf8");
  const start = items.findIndex((item) => `page:${idOf(item)}` === decoded);
  if (start === -1) throw invalidArgument("The provided page token is invalid.", "page_token");
  return start;
}

/** The list as the API shows it: an empty one is `{}`. */
export function wirePage(name: string, data: readonly unknown[], page: Page<unknown>): unknown {
  return {
    ...(data.length === 0 ? {} : { [name]: data }),
    ...(page.nextPageToken === null ? {} : { nextPageToken: page.nextPageToken }),
  };
}
