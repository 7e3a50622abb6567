import type { AppContext } from "#lib/context.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";

/** The context with some methods of one provider replaced. */
export function replaceProvider(
  context: AppContext,
  provider: ProviderId,
  change: (real: BatchProvider) => Partial<BatchProvider>,
): AppContext {
  const real = context.providers.get(provider);
  const replaced: BatchProvider = Object.assign(Object.create(real), change(real));
  return {
    ...context,
    providers: {
      ...context.providers,
      get: (id) => (id === provider ? replaced : context.providers.get(id)),
      forAccount: (id, account) => (id === provider ? replaced : context.providers.forAccount(id, account)),
    },
  };
}
