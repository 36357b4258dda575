import { Pool, ProxyAgent, type Agent, type Dispatcher } from 'undici';

/** The proxy that requests to this URL go through, or null where they go straight. */
export type ProxyChoice = (url: URL) => string | null;

/** The proxy gave no way to the receiver. */
export class ProxyFailedError extends Error {
  readonly code = 'PROXY_FAILED';

  constructor(problem: string, cause?: unknown) {
    super(`the proxy ${problem}`, { cause });
    this.name = 'ProxyFailedError';
  }
}

/** One that is up opens a tunnel, or says no, within this. */
const tunnelTimeoutMs = 10_000;

/**
 * Which proxy is meant by `server.proxy` of Strapi's configuration: `fetch` (what Strapi's own webhooks use), else
 * the one for the scheme (`http`, `https`), else `global`. Throws for one that cannot be used; the message does not
 * repeat it, since it may hold a password.
 */
export function readProxies(setting: unknown): ProxyChoice {
  const given = typeof setting === 'object' && setting !== null ? setting : {};
  const named = new Map(
    Object.entries(given).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
  const proxy = (...names: string[]): string | null => {
    const name = names.find((each) => named.has(each));
    return name === undefined ? null : usable(String(named.get(name)), `server.proxy.${name}`);
  };
  const byScheme = { http: proxy('fetch', 'http', 'global'), https: proxy('fetch', 'https', 'global') };
  return ({ protocol }) => (protocol === 'https:' ? byScheme.https : byScheme.http);
}

function usable(text: string, path: string): string {
  const problem = 'must be the URL of an HTTP proxy, like http://proxy.example:3128';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new Error(`${path} ${problem}`);
  return text;
}

/** An agent that opens a tunnel (`CONNECT`) for every receiver, so that the proxy sees its name and no content. */
export function createProxyAgent(uri: string, options: Agent.Options): ProxyAgent {
  return new ProxyAgent({
    ...options,
    uri,
    requestTls: { timeout: tunnelTimeoutMs },
    proxyTls: { timeout: tunnelTimeoutMs },
    clientFactory: (origin, poolOptions) =>
      withNamedFailures(new Pool(origin, { ...poolOptions, headersTimeout: tunnelTimeoutMs })),
  });
}

/** What goes wrong before the tunnel stands is the proxy's, and would otherwise be told of the receiver. */
function withNamedFailures(proxy: Pool): Dispatcher {
  const connect = proxy.connect.bind(proxy) as (
    options: Dispatcher.ConnectOptions,
  ) => Promise<Dispatcher.ConnectData>;
  return Object.assign(proxy, {
    async connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
      const tunnel = await connect(options).catch((error: unknown) => {
        throw proxy.destroyed ? error : new ProxyFailedError(`cannot be reached: ${reasonOf(error)}`, error);
      });
      if (tunnel.statusCode === 200) return tunnel;
      // undici 6 goes on with the socket after saying so, hence not left to it.
      tunnel.socket.on('error', () => undefined).destroy();
      throw new ProxyFailedError(`answered ${tunnel.statusCode} when asked for a tunnel`);
    },
  });
}

const reasonOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no connection';
