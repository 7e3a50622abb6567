import { useQuery } from "@tanstack/react-query";
import type { ModelInfo } from "#lib/domain/model.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { listModels } from "#lib/providers/actions.ts";

const fiveMinutesMilliseconds = 300_000;

/** The account's own list of models, read once a page; the error is a message for the user. */
export function useModels(provider: ProviderId, isConfigured: boolean) {
  return useQuery<ModelInfo[]>({
    queryKey: ["models", provider],
    queryFn: async () => {
      const answer = await listModels({ provider }).catch(() => null);
      if (!answer) throw new Error("Batchmark did not answer.");
      if (!answer.ok) throw new Error(answer.message);
      return answer.value;
    },
    enabled: isConfigured,
    staleTime: fiveMinutesMilliseconds,
    retry: false,
  });
}
