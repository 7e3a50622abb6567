import { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type Services } from "../http/endpoint.ts";
import type { Dialect } from "../world/dialect.ts";
import { authenticate } from "./authenticate.ts";
import { addBatchRoutes } from "./batch-routes.ts";
import { googleManners, notFound } from "./errors.ts";
import { addFileRoutes } from "./file-routes.ts";
import { googleInspector, googleMadeUpLine, googleResultLine } from "./lines.ts";

/** How the lines of Gemini's batches are read and answered. */
export const googleDialect: Dialect = {
  inspector: googleInspector,
  madeUpLine: googleMadeUpLine,
  resultLine: googleResultLine,
};

/** The Gemini API: uploads, files, batches, models, under every version. */
export function googleApp(services: Services): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  addFileRoutes(app, services);
  addBatchRoutes(app, services);
  app.all(
    "*",
    endpoint(services, googleManners, "unknown", (context) => {
      authenticate(services, context);
      throw notFound();
    }),
  );
  return app;
}
