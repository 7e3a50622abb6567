import { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type Services } from "../http/endpoint.ts";
import type { Dialect } from "../world/dialect.ts";
import { authenticate } from "./authenticate.ts";
import { addBatchRoutes } from "./batch-routes.ts";
import { openAiError, openAiJson, openAiManners } from "./errors.ts";
import { addFileRoutes } from "./file-routes.ts";
import { openAiInspector, openAiMadeUpLine, openAiResultLine } from "./lines.ts";
import { findOpenAiModel, OPENAI_MODELS, wireModel } from "./models.ts";
import { addPartUploadRoutes } from "./part-uploads.ts";

/** How the lines of OpenAI's batches are read and answered. */
export const openAiDialect: Dialect = {
  inspector: openAiInspector,
  madeUpLine: openAiMadeUpLine,
  resultLine: openAiResultLine,
};

/** The OpenAI API: files, batches, models. */
export function openAiApp(services: Services): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  addFileRoutes(app, services);
  addPartUploadRoutes(app, services);
  addBatchRoutes(app, services);
  app.get(
    "/v1/models",
    endpoint(services, openAiManners, "models.list", (context) => {
      authenticate(services, context);
      return openAiJson({ object: "list", data: OPENAI_MODELS.map(wireModel) });
    }),
  );
  app.get(
    "/v1/models/:id",
    endpoint(services, openAiManners, "models.get", (context) => {
      authenticate(services, context);
      const id = context.req.param("id") ?? "";
      const model = findOpenAiModel(id);
      if (model === null) {
        const message = `The model '${id}' does not exist or you do not have access to it.`;
        throw openAiError(404, message, { code: "model_not_found", param: "model" });
      }
      return openAiJson(wireModel({ ...model, id }));
    }),
  );
  app.all(
    "*",
    endpoint(services, openAiManners, "unknown", (context) => {
      throw openAiError(
        404,
        `Invalid URL (${context.req.method} ${context.req.path.replace(/^\/openai/, "")})`,
        { code: "unknown_url" },
      );
    }),
  );
  return app;
}
