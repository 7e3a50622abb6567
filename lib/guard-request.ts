import { AppError } from "#lib/domain/errors.ts";

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

export type RequestOrigin = {
  /** The Host header. */
  host: string | null;
  /** The Origin header; browsers send it with every request that can change something. */
  origin: string | null;
};

/**
 * Refuses requests that name a foreign host (DNS rebinding) or come from a foreign page (cross-site requests).
 * Throws `AppError("forbidden")` that says which variable allows another host.
 */
export function guardRequest({ host, origin }: RequestOrigin, allowedHosts: readonly string[]): void {
  const hostname = hostnameOf(host);
  if (hostname === null || !(loopbackNames.has(hostname) || allowedHosts.includes(hostname))) {
    throw new AppError(
      "forbidden",
      `This dashboard does not answer under the name "${hostname ?? "unknown"}". Add it to BATCHMARK_ALLOWED_HOSTS if it is yours.`,
    );
  }
  if (origin === null) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new AppError("forbidden", "Requests from other sites are refused.");
  }
}

function hostnameOf(host: string | null): string | null {
  if (!host || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.toLowerCase();
}
