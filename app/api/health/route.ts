import { ping } from "#lib/db/queries/ping.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { getContext } from "#lib/server-context.ts";

export const dynamic = "force-dynamic";

/** Whether this process can serve: its database answers. */
export async function GET(): Promise<Response> {
  try {
    const context = await getContext();
    await ping(context.db);
    return Response.json({
      status: "ok",
      database: context.database.driver.kind,
      engine: context.config.runsEngine ? "on" : "off",
      sandbox: context.config.usesEmbeddedSandbox,
    });
  } catch (error) {
    return Response.json({ status: "unavailable", message: messageOf(error) }, { status: 503 });
  }
}
