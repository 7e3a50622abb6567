/** What can be asked of a provider; `results` is any download of results. */
export const providerVerbs = [
  "submit",
  "get",
  "list",
  "cancel",
  "remove",
  "results",
  "models",
  "listFiles",
  "deleteFile",
] as const;
export type ProviderVerb = (typeof providerVerbs)[number];
