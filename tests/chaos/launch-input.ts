/** A job set over all three providers, so many jobs each. */
export function launchInput(jobsPerLane: number, requestsPerJob: number) {
  const size = { jobCount: jobsPerLane, requestsPerJob };
  return {
    lanes: [
      { provider: "openai", model: "gpt-4o-mini", ...size },
      { provider: "google", model: "gemini-2.5-flash-lite", ...size },
      { provider: "anthropic", model: "claude-haiku-5-5", ...size },
    ],
    prompts: { kind: "builtIn" },
  };
}
