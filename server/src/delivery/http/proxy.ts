import { parseUrl } from '../../../../contracts';
import { Pool, ProxyAgent, type Agent, type Dispatcher } from 'undici';
import type { TlsIdentity } from './tls-identities';

/** The proxy for requests to this URL, or null for direct ones. */
export type ProxyChoice = (url: URL) => string | null;

/** The proxy could not connect to the receiver. */
export class ProxyFailedError extends Error {
  readonly code = 'PROXY_FAILED';

  constructor(problem: string, cause?: unknown) {
    super(`the proxy ${problem}`, { cause });
    this.name = 'ProxyFailedError';
  }
}

/** A working proxy opens a tunnel, or refuses, within this time. */
const tunnelTimeoutMs = 10_000;

/**
 * The proxy meant by `server.proxy` of Strapi's configuration: `fetch` (used by Strapi's own webhooks), else
 * the one for the scheme (`http`, `https`), else `global`. Throws for an unusable one; the message does not
 * repeat it, since it may contain a password.
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
  if (!/^https?:$/.test(parseUrl(text)?.protocol ?? '')) throw new Error(`${path} ${problem}`);
  return text;
}

/**
 * An agent that opens a tunnel (`CONNECT`) for every receiver, so that the proxy sees its name and no
 * content. The TLS identity is for the receiver; the proxy never sees it.
 */
export function createProxyAgent(
  uri: string,
  options: Agent.Options,
  identity: TlsIdentity | null = null,
): ProxyAgent {
  return new ProxyAgent({
    ...options,
    uri,
    requestTls: { timeout: tunnelTimeoutMs, servername: identity?.servername, ...identity?.secure },
    proxyTls: { timeout: tunnelTimeoutMs },
    clientFactory: (origin, poolOptions) =>
      withNamedFailures(new Pool(origin, { ...poolOptions, headersTimeout: tunnelTimeoutMs })),
  });
}

/** Failures before the tunnel exists are the proxy's, and would otherwise be reported for the receiver. */
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
      // undici 6 keeps using the socket after the error, so it is destroyed here.
      tunnel.socket.on('error', () => undefined).destroy();
      throw new ProxyFailedError(`answered ${tunnel.statusCode} when asked for a tunnel`);
    },
  });
}

const reasonOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no connection';
