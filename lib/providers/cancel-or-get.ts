import { ProviderError } from "#lib/domain/errors.ts";
import type { BatchProvider, CallOptions, ProviderJob } from "./provider.ts";

/**
 * Asks for cancellation. A batch that ended in the meantime is refused by the provider; that is what the caller wanted, so
 * the batch is returned as it stands. Every other refusal is thrown.
 */
export async function cancelOrGet(
  provider: Pick<BatchProvider, "get">,
  id: string,
  options: CallOptions,
  cancel: () => Promise<ProviderJob>,
): Promise<ProviderJob> {
  try {
    return await cancel();
  } catch (error) {
    const isRefusal =
      error instanceof ProviderError && (error.kind === "conflict" || error.kind === "invalid_request");
    if (!isRefusal) throw error;
    const job = await provider.get(id, options);
    if (!job.hasEnded) throw error;
    return job;
  }
}
