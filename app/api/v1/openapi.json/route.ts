import { openApiDocument } from "#lib/domain/openapi-document.ts";

/** The description of this API for machines. */
export function GET(): Response {
  return Response.json(openApiDocument());
}
