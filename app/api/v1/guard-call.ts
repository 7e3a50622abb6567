import type { AppContext } from "#lib/context.ts";
import { guardRequest } from "#lib/guard-request.ts";

/**
 * Refuses foreign hosts and pages, for routes that take files of any size: `proxy.ts` leaves them out, because Next would
 * hold the whole body in memory there and cut it off. Throws `AppError("forbidden")`.
 */
export function guardCall(request: Request, { config }: Pick<AppContext, "config">): void {
  const { headers } = request;
  guardRequest({ host: headers.get("host"), origin: headers.get("origin") }, config.allowedHosts);
}
