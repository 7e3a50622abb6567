import * as z from "zod/mini";
import { publicFailureSchema, publicOperations, type PublicOperation } from "./public-api.ts";

/** The OpenAPI 3.1 document of the HTTP API, made from the schemas that its routes check with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of publicOperations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Batchmark",
      version: "1",
      description:
        "Launch, watch and read batch jobs. Requests that name a foreign host or come from a foreign page are refused.",
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: { schemas: { Failure: jsonSchema(publicFailureSchema, "output") } },
  };
}

function describeOperation({
  id,
  summary,
  path,
  query,
  body,
  answer,
}: PublicOperation): Record<string, unknown> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    operationId: id,
    summary,
    parameters: [...inPath, ...(query ? queryParameters(query) : [])],
    ...(body ? { requestBody: { required: true, content: contentOf(body, "input") } } : {}),
    responses: {
      [answer.status]: { description: "Done.", content: contentOf(answer, "output") },
      default: {
        description: "The call failed; the message says why and what to do.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
      },
    },
  };
}

function contentOf(
  content: PublicOperation["answer"] | NonNullable<PublicOperation["body"]>,
  io: "input" | "output",
) {
  if ("mediaType" in content) return { [content.mediaType]: { schema: { type: "string" } } };
  return { "application/json": { schema: jsonSchema(content.schema, io) } };
}

function queryParameters(query: z.ZodMiniObject): Record<string, unknown>[] {
  const { properties = {}, required = [] } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

type ObjectSchema = { properties?: Record<string, unknown>; required?: string[] };

/** Dates travel as ISO 8601 text, which JSON Schema can say although zod's dates cannot be represented in it. */
function jsonSchema(schema: z.core.$ZodType, io: "input" | "output"): ObjectSchema {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema: made }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(made, { type: "string", format: "date-time" });
    },
  });
  return described;
}
