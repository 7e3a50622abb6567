/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  // The development server is opened as 127.0.0.1, as npm start prints it.
  allowedDevOrigins: ["127.0.0.1"],
  // Loaded from node_modules as they are: bundling them would double the time of a build.
  serverExternalPackages: [
    "@anthropic-ai/sdk",
    "@aws-sdk/client-s3",
    "@aws-sdk/lib-storage",
    "@electric-sql/pglite",
    "@google/genai",
    "@hono/node-server",
    "hono",
    "openai",
    "pg",
    "pg-boss",
    "pino",
  ],
  // `npm run verify` checks the types; a build must not depend on those of tests and scripts.
  typescript: { ignoreBuildErrors: true },
  // Browsers ask for it when they leave a page before they have read which icon it names.
  rewrites: () => Promise.resolve([{ source: "/favicon.ico", destination: "/icon.svg" }]),
  experimental: {
    // A set's own prompts travel in one server action; the limit is that of the prompt reader plus room for JSON.
    serverActions: { bodySizeLimit: "64mb" },
    // What is longer would be cut off without an error on its way through proxy.ts.
    proxyClientMaxBodySize: "65mb",
  },
};

export default nextConfig;
