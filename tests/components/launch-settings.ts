import type { LaunchSettings } from "#components/launch/launch-draft.ts";
import { defaultModels } from "#lib/domain/model.ts";

export function launchSettings(change: Partial<LaunchSettings> = {}): LaunchSettings {
  return {
    configuredProviders: ["openai", "google", "anthropic"],
    defaultModels,
    maxOutputTokens: 1024,
    usesSandbox: true,
    builtInPrompts: { count: 10_000, preview: ["One?", "Two?", "Three?"], meanLength: 80 },
    ...change,
  };
}
