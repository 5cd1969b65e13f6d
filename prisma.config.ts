import { defineConfig } from 'prisma/config';

/** Where Prisma finds the schema and the migrations that the server applies at its start. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
