import { Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import { endpoint, type SandboxContext, type Services } from "../http/endpoint.ts";
import { asObject, asText, BodyTooLarge, parseJson, textBody } from "../http/request.ts";
import type { Dialect } from "../world/dialect.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import { addBatchRoutes } from "./batch-routes.ts";
import { anthropicError, anthropicJson, anthropicManners, invalidRequest } from "./errors.ts";
import { inputTokens } from "./judge.ts";
import { anthropicInspector, anthropicMadeUpLine, anthropicResultLine } from "./lines.ts";
import { ANTHROPIC_MODELS, findAnthropicModel, wireModel } from "./models.ts";
import { pageOf, wirePage } from "./page.ts";
import { problemOfParameters, type Params } from "./parameters.ts";

const MAX_MESSAGES_BYTES = 32 * 1024 * 1024;

/** How the lines of Anthropic's batches are read and answered. */
export const anthropicDialect: Dialect = {
  inspector: anthropicInspector,
  madeUpLine: anthropicMadeUpLine,
  resultLine: anthropicResultLine,
};

/** The Anthropic API: message batches, models, token counting. */
export function anthropicApp(services: Services): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  addBatchRoutes(app, services);
  app.get(
    "/v1/models",
    endpoint(services, anthropicManners, "models.list", (context) => {
      authenticate(services, context);
      const wanted = lifecyclesOf(context);
      const models = ANTHROPIC_MODELS.filter((model) => wanted.includes(model.lifecycle));
      const page = pageOf(models, context.req.query());
      return anthropicJson(wirePage(page.items.map(wireModel), page));
    }),
  );
  app.get(
    "/v1/models/:id",
    endpoint(services, anthropicManners, "models.get", (context) => {
      authenticate(services, context);
      const id = context.req.param("id") ?? "";
      const model = findAnthropicModel(id);
      if (model === null) throw anthropicError(404, "not_found_error", `model: ${id}`);
      return anthropicJson(wireModel(model));
    }),
  );
  app.post(
    "/v1/messages/count_tokens",
    endpoint(services, anthropicManners, "messages.countTokens", async (context) => {
      const caller = authenticate(services, context);
      return anthropicJson({ input_tokens: inputTokens(await countable(context, caller)) });
    }),
  );
  app.all(
    "*",
    endpoint(services, anthropicManners, "unknown", (context) => {
      authenticate(services, context);
      throw anthropicError(404, "not_found_error", "Not found");
    }),
  );
  return app;
}

/** Retired models are listed only when asked for. */
function lifecyclesOf(context: SandboxContext): readonly string[] {
  const asked = [...(context.req.queries("lifecycle[]") ?? []), ...(context.req.queries("lifecycle") ?? [])];
  const wrong = asked.find((value) => !["active", "deprecated", "retired"].includes(value));
  if (wrong !== undefined) {
    throw invalidRequest("lifecycle: Input should be 'active', 'deprecated' or 'retired'");
  }
  return asked.length > 0 ? asked : ["active", "deprecated"];
}

async function countable(context: SandboxContext, caller: Caller): Promise<Params> {
  const body = asObject(parseJson(await readText(context)));
  if (body === null) throw invalidRequest("The request body is not valid JSON: unexpected character");
  const model = findAnthropicModel(asText(body["model"]) ?? "");
  const problem = problemOfParameters(body, model, { ...caller, place: "count" });
  if (problem === null) return body;
  throw anthropicError(problem.type === "not_found_error" ? 404 : 400, problem.type, problem.message);
}

async function readText(context: SandboxContext): Promise<string> {
  try {
    return await textBody(context, MAX_MESSAGES_BYTES);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw anthropicError(413, "request_too_large", "Request exceeds the maximum size");
  }
}
