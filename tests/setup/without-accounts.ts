/**
 * Keys and addresses of the person who runs the tests must not reach them: a test never talks to a real account.
 * Empty rather than absent, because Next fills what is absent from the file `.env`.
 */
export const withoutAccounts = {
  OPENAI_API_KEY: "",
  GOOGLE_API_KEY: "",
  GEMINI_API_KEY: "",
  ANTHROPIC_API_KEY: "",
  OPENAI_BASE_URL: "",
  GOOGLE_GEMINI_BASE_URL: "",
  ANTHROPIC_BASE_URL: "",
  DATABASE_URL: "",
  BATCHMARK_S3_BUCKET: "",
  BATCHMARK_S3_ENDPOINT: "",
  BATCHMARK_S3_REGION: "",
};
