import { isIP, type LookupFunction } from 'node:net';
import { AddressRefusedError, type AddressGuard } from './address-guard';
import type { ProxyChoice } from './proxy';
import type { TlsChoice } from './tls-identities';
import type { Agents, createAgents } from './agents';
import { SendTimeoutError } from './errors';
import type { Deadline } from './standstill';

/** How a request leaves: over which agents, to which origin, and with which headers of the way's own. */
export interface Way {
  agents: Agents;
  origin: string;
  headers: Record<string, string>;
}

export interface WayOptions {
  guard: AddressGuard;
  /** Where to connect for this URL instead, over plain HTTP and without the guard: the plugin's own inbox. */
  route?: (url: URL) => { host: string; port: number } | null;
  /** The proxy for networks that allow only a proxy out; not used for internal addresses. */
  proxy?: ProxyChoice;
  /** The certificates trusted for and presented to a host; null for the defaults. */
  tls?: TlsChoice;
}

/**
 * To the plugin's own inbox, else through the proxy if the host is external, else directly. Throws if
 * refused.
 */
export const createWays =
  (
    { guard, route, proxy: proxyOf, tls }: WayOptions,
    { agents, lookup }: { agents: ReturnType<typeof createAgents>; lookup: LookupFunction },
  ) =>
  async (url: URL, deadline: Deadline): Promise<Way> => {
    const inbox = route?.(url) ?? null;
    if (inbox) return { agents: agents.inside, origin: originOf(inbox), headers: { host: url.host } };
    refuseLiteralHost(guard, url.hostname);
    const proxy = proxyOf?.(url) ?? null;
    const through = proxy !== null && (await within(deadline, leadsOutside(guard, lookup, url)));
    const identity = tls?.(url) ?? null;
    return { agents: agents.outside(through ? proxy : null, identity), origin: url.origin, headers: {} };
  };

const originOf = ({ host, port }: { host: string; port: number }): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** A literal address is connected to without a lookup, so it is checked here. */
function refuseLiteralHost(guard: AddressGuard, hostname: string): void {
  const verdict = guard.checkHost(hostname);
  if (verdict?.allowed === false) throw new AddressRefusedError(verdict.rule, verdict.address, hostname);
}

/**
 * Whether this host is reached through the proxy: not an internal address, which was allowed on purpose and
 * is connected to as checked. The proxy resolves the name again itself, so its result cannot be checked here.
 * A name that only the proxy can resolve must be on the allow-list.
 */
async function leadsOutside(guard: AddressGuard, lookup: LookupFunction, url: URL): Promise<boolean> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(hostname) !== 0) return guard.isPublic(hostname);
  try {
    return (await addressesOf(lookup, hostname)).every((address) => guard.isPublic(address));
  } catch (error) {
    if (!(error instanceof AddressRefusedError) && guard.allowsName(hostname)) return true;
    throw error;
  }
}

const addressesOf = (lookup: LookupFunction, hostname: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address));
    });
  });

function within<T>(deadline: Deadline, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.onExpired(() => reject(new SendTimeoutError('CONNECT_TIMEOUT', deadline.timeoutMs)));
    work.then(resolve, reject);
  });
}
