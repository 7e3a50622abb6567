import { NextResponse, type NextRequest } from "next/server";
import { readConfig } from "#lib/config.ts";
import { AppError } from "#lib/domain/errors.ts";
import { guardRequest } from "#lib/guard-request.ts";

/** Routes that take files of any size guard themselves (`app/api/v1/guard-call.ts`): Next cuts off what passes here. */
export const config = { matcher: "/((?!api/v1/(?:reports|archives)$).*)" };

/** Every other request passes here first: foreign hosts and foreign origins are refused before anything runs. */
export function proxy(request: NextRequest): NextResponse {
  try {
    guardRequest(
      { host: request.headers.get("host"), origin: request.headers.get("origin") },
      readConfig().allowedHosts,
    );
    return NextResponse.next();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const body = { ok: false, code: error.code, message: error.message, problems: error.problems };
    return NextResponse.json(body, { status: error.code === "forbidden" ? 403 : 500 });
  }
}
