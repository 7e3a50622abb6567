/** Seeded randomness: every figure the sandbox makes up is a function of a text key, so that runs can be repeated. */

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BASE64_URL = `${BASE62}-_`;
const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
const HEX = "0123456789abcdef";

/** A 32-bit hash of a text (FNV-1a with a final avalanche, so that near keys give unrelated numbers). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream of pseudo-random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number in [low, high]. */
  between(low: number, high: number): number;
  /** One element; the list must not be empty. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Log-normal with the given median and sigma of the logarithm. */
  logNormal(median: number, sigma: number): number;
}

/** A random stream that always gives the same numbers for the same key (mulberry32). */
export function randomOf(key: string): Random {
  let state = hashText(key);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    logNormal: (median, sigma) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}

/** True for a fixed share of all keys. */
export function happens(key: string, rate: number): boolean {
  return hashText(key) / 4294967296 < rate;
}

function textOf(alphabet: string, length: number, key: string): string {
  const random = randomOf(key);
  let text = "";
  for (let index = 0; index < length; index++) text += alphabet[Math.floor(random.next() * alphabet.length)];
  return text;
}

/** `length` characters of 0-9A-Za-z. */
export const base62 = (length: number, key: string): string => textOf(BASE62, length, key);
/** `length` characters without the look-alikes 0, O, I, l. */
export const base58 = (length: number, key: string): string => textOf(BASE58, length, key);
/** `length` characters of 0-9A-Za-z, `-` and `_`. */
export const base64Url = (length: number, key: string): string => textOf(BASE64_URL, length, key);
/** `length` lower-case letters and digits. */
export const base36 = (length: number, key: string): string => textOf(BASE36, length, key);
/** `length` hexadecimal digits. */
export const hex = (length: number, key: string): string => textOf(HEX, length, key);

/** A UUID-shaped text. */
export function uuid(key: string): string {
  const digits = hex(32, key);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** All indexes below `count` in an order that depends on the key alone. */
export function shuffledIndexes(count: number, key: string): Uint32Array {
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  const random = randomOf(key);
  for (let index = count - 1; index > 0; index--) {
    const other = Math.floor(random.next() * (index + 1));
    const held = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}
