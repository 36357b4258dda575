/**
 * What a server gives to those who use it.
 *
 * @param {{ scheme: string, port: number, user?: string, password?: string, database?: string, host?: string }} parts
 * @param {() => Promise<void>} stop
 */
export function address({ scheme, port, user = '', password = '', database = '', host = '127.0.0.1' }, stop) {
  const login = user
    ? `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ''}@`
    : '';
  const url = `${scheme}://${login}${host}:${port}${database ? `/${database}` : ''}`;
  return { url, host, port, user, password, database, stop };
}

/** The same from an environment variable, or null where it is not set. It is not ours to stop. */
export function addressFromEnvironment(variable, defaultPort) {
  const url = process.env[variable];
  if (!url) return null;
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    throw new Error(`${variable} is not a URL`);
  }
  return {
    url,
    host: parsed.hostname,
    port: Number(parsed.port || defaultPort),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: parsed.pathname.slice(1),
    stop: async () => undefined,
  };
}
