import type { Session } from "../session.ts";

/** The models that the account really has. */
export async function listModels(session: Session): Promise<void> {
  const models = await session.provider().models({ signal: session.stop.signal });
  session.output.rows(
    ["model", "name", "retires_on", "is_retired", "supports_batch"],
    models.map((model) => [
      model.id,
      model.displayName,
      model.retiresOn,
      model.isRetired,
      model.supportsBatch,
    ]),
  );
}
