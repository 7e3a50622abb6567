import path from "node:path";
import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { defaultModels } from "#lib/domain/model.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { defaultMaxOutputTokens } from "#lib/domain/request.ts";

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value ? value : null));

const optionalUrl = optionalText.refine((value) => value === null || URL.canParse(value), {
  error: "is not a URL. Write it with its scheme, for example https://api.example.com/v1.",
});

const environmentSchema = z.object({
  OPENAI_API_KEY: optionalText,
  GOOGLE_API_KEY: optionalText,
  GEMINI_API_KEY: optionalText,
  ANTHROPIC_API_KEY: optionalText,
  OPENAI_BASE_URL: optionalUrl,
  GOOGLE_GEMINI_BASE_URL: optionalUrl,
  ANTHROPIC_BASE_URL: optionalUrl,
  DATABASE_URL: optionalUrl,
  BATCHMARK_DATA_DIR: optionalText,
  BATCHMARK_S3_BUCKET: optionalText,
  BATCHMARK_S3_ENDPOINT: optionalUrl,
  BATCHMARK_S3_REGION: optionalText,
  BATCHMARK_SANDBOX: optionalText.pipe(
    z.enum(["0", "1"], { error: "must be 1 (use the sandbox) or 0 (never use it)." }).nullable(),
  ),
  BATCHMARK_SANDBOX_SCENARIO: z
    .enum(["instant", "demo", "realistic", "chaos"], {
      error: "must be instant, demo, realistic or chaos.",
    })
    .default("demo"),
  BATCHMARK_SANDBOX_SEED: z.coerce.number().int().default(1),
  BATCHMARK_ENGINE: optionalText.pipe(z.enum(["on", "off"], { error: "must be on or off." }).nullable()),
  BATCHMARK_ALLOWED_HOSTS: optionalText,
  BATCHMARK_LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"], {
      error: "must be trace, debug, info, warn, error or silent.",
    })
    .default("info"),
  BATCHMARK_OPENAI_MODEL: optionalText,
  BATCHMARK_GOOGLE_MODEL: optionalText,
  BATCHMARK_ANTHROPIC_MODEL: optionalText,
  BATCHMARK_MAX_OUTPUT_TOKENS: z.coerce
    .number({ error: "must be a whole number of at least 1." })
    .int({ error: "must be a whole number of at least 1." })
    .min(1, { error: "must be a whole number of at least 1." })
    .default(defaultMaxOutputTokens),
  HOST: optionalText,
});

/** A store for result files that all hosts share. */
export type S3Config = { bucket: string; endpoint: string | null; region: string };

export type SandboxScenario = z.infer<typeof environmentSchema>["BATCHMARK_SANDBOX_SCENARIO"];

export type ProviderCredential = { apiKey: string; baseUrl: string | null };

export type Config = {
  credentials: Partial<Record<ProviderId, ProviderCredential>>;
  /** True when the embedded sandbox stands in for all three providers. */
  usesEmbeddedSandbox: boolean;
  sandboxScenario: SandboxScenario;
  sandboxSeed: number;
  /** PostgreSQL; null means PGlite inside `dataDirectory`. */
  databaseUrl: string | null;
  /** Absolute path. */
  dataDirectory: string;
  migrationsDirectory: string;
  /** Where result files go; null means a folder inside `dataDirectory`. */
  s3: S3Config | null;
  runsEngine: boolean;
  /** Host names besides loopback under which the dashboard may be called. */
  allowedHosts: string[];
  logLevel: z.infer<typeof environmentSchema>["BATCHMARK_LOG_LEVEL"];
  defaultModels: Record<ProviderId, string>;
  maxOutputTokens: number;
};

/**
 * Reads and checks the environment. Throws `AppError("invalid_input")` that names each wrong variable and says
 * what it should be; values are never repeated, because they may be keys.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new AppError("invalid_input", `The environment is not usable. ${lines.join(" ")}`);
  }
  const values = parsed.data;
  const credentials = readCredentials(values);
  const hasKey = providerIds.some((id) => credentials[id] !== undefined);
  const projectDirectory = process.cwd();
  return {
    credentials,
    usesEmbeddedSandbox: values.BATCHMARK_SANDBOX === "1" || (values.BATCHMARK_SANDBOX === null && !hasKey),
    sandboxScenario: values.BATCHMARK_SANDBOX_SCENARIO,
    sandboxSeed: values.BATCHMARK_SANDBOX_SEED,
    databaseUrl: values.DATABASE_URL,
    dataDirectory: path.resolve(
      /*turbopackIgnore: true*/ projectDirectory,
      values.BATCHMARK_DATA_DIR ?? ".batchmark",
    ),
    migrationsDirectory: path.join(projectDirectory, "lib", "db", "migrations"),
    s3: readS3(values),
    runsEngine: values.BATCHMARK_ENGINE !== "off",
    allowedHosts: readAllowedHosts(values.BATCHMARK_ALLOWED_HOSTS, values.HOST),
    logLevel: values.BATCHMARK_LOG_LEVEL,
    defaultModels: {
      openai: values.BATCHMARK_OPENAI_MODEL ?? defaultModels.openai,
      google: values.BATCHMARK_GOOGLE_MODEL ?? defaultModels.google,
      anthropic: values.BATCHMARK_ANTHROPIC_MODEL ?? defaultModels.anthropic,
    },
    maxOutputTokens: values.BATCHMARK_MAX_OUTPUT_TOKENS,
  };
}

function readCredentials(values: z.infer<typeof environmentSchema>): Config["credentials"] {
  const keys: Record<ProviderId, ProviderCredential | null> = {
    openai: credential(values.OPENAI_API_KEY, values.OPENAI_BASE_URL),
    google: credential(values.GOOGLE_API_KEY ?? values.GEMINI_API_KEY, values.GOOGLE_GEMINI_BASE_URL),
    anthropic: credential(values.ANTHROPIC_API_KEY, values.ANTHROPIC_BASE_URL),
  };
  return Object.fromEntries(providerIds.flatMap((id) => (keys[id] ? [[id, keys[id]]] : [])));
}

function readS3(values: z.infer<typeof environmentSchema>): S3Config | null {
  const {
    BATCHMARK_S3_BUCKET: bucket,
    BATCHMARK_S3_ENDPOINT: endpoint,
    BATCHMARK_S3_REGION: region,
  } = values;
  if (bucket) return { bucket, endpoint, region: region ?? "us-east-1" };
  if (!endpoint && !region) return null;
  throw new AppError(
    "invalid_input",
    "The environment is not usable. BATCHMARK_S3_BUCKET is missing: name the bucket for result files, or remove BATCHMARK_S3_ENDPOINT and BATCHMARK_S3_REGION.",
  );
}

function credential(apiKey: string | null, baseUrl: string | null): ProviderCredential | null {
  return apiKey ? { apiKey, baseUrl } : null;
}

function readAllowedHosts(list: string | null, host: string | null): string[] {
  const named = (list ?? "").split(",").map((entry) => entry.trim().toLowerCase());
  const bound = host && host !== "0.0.0.0" && host !== "::" ? [host.toLowerCase()] : [];
  return [...named, ...bound].filter((entry) => entry !== "");
}

/**
 * The folder that the user of the command line stands in. `npm run` changes into the folder of the program and names the
 * user's own in `INIT_CWD`.
 */
export function readUserDirectory(
  programDirectory: string,
  environment: Record<string, string | undefined> = process.env,
): string {
  const current = process.cwd();
  const { INIT_CWD: initial } = environment;
  return initial && path.relative(programDirectory, current) === "" ? initial : current;
}
