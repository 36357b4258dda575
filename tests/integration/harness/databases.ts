export interface TestDatabase {
  client: 'sqlite' | 'postgres' | 'mysql';
  /** Environment that makes the playground use it. */
  env: Record<string, string>;
}

const servers = [
  { client: 'postgres', url: process.env.POSTGRES_URL },
  { client: 'mysql', url: process.env.MYSQL_URL },
] as const;

/** SQLite, and the servers that `scripts/services.mjs` has found. */
export const databases: readonly TestDatabase[] = [
  { client: 'sqlite', env: {} },
  ...servers.flatMap(({ client, url }) => (url ? [{ client, env: environment(client, new URL(url)) }] : [])),
];

function environment(client: string, url: URL): Record<string, string> {
  return {
    DATABASE_CLIENT: client,
    DATABASE_HOST: url.hostname,
    DATABASE_PORT: url.port,
    DATABASE_USERNAME: decodeURIComponent(url.username),
    DATABASE_PASSWORD: decodeURIComponent(url.password),
    DATABASE_NAME: url.pathname.slice(1),
  };
}
