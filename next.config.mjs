/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  // The development server is opened as 127.0.0.1, as npm start prints it.
  allowedDevOrigins: ["127.0.0.1"],
  serverExternalPackages: ["@electric-sql/pglite", "pg", "pg-boss", "pino"],
  experimental: {
    // A set's own prompts travel in one server action; the limit is that of the prompt reader plus room for JSON.
    serverActions: { bodySizeLimit: "64mb" },
  },
};

export default nextConfig;
