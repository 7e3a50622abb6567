import { publicModelsQuerySchema } from "#lib/domain/public-api.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";

/** The models of one provider's account. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { provider } = parseQuery(
      publicModelsQuerySchema,
      Object.fromEntries(new URL(request.url).searchParams),
    );
    const { providers } = await getContext();
    return { models: await providers.get(provider).models({ signal: request.signal }) };
  });
}
