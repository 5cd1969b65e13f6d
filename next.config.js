/** @type {import('next').NextConfig} */
const nextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    'chdb',
    '@clickhouse/client',
    '@libsql/client',
    '@prisma/adapter-libsql',
    '@prisma/schema-engine-wasm',
    'pino',
  ],
};

export default nextConfig;
