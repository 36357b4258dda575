import { lookup } from 'node:dns/promises';
import type { UrlCheck } from '../../../contracts';
import { urlProblem } from '../../../contracts';
import type { AddressGuard } from '../delivery/address-guard';
import type { ProxyChoice } from '../delivery/proxy';

export interface UrlCheckDeps {
  guard: AddressGuard;
  isInbox(url: string): boolean;
  /** Where requests leave through one, it may know names that are not known here. */
  proxy?: ProxyChoice;
  /** Addresses of a name; rejects with `code` ENOTFOUND where it does not exist. */
  resolve?: (hostname: string) => Promise<readonly string[]>;
}

const resolveAll = async (hostname: string): Promise<string[]> =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** Which rule would refuse this URL, told when it is typed and when it is saved. The sender checks again at connect time. */
export function createUrlCheck({ guard, isInbox, proxy, resolve = resolveAll }: UrlCheckDeps) {
  const refusedAddress = (host: string, address: string, rule: string): UrlCheck => ({
    ok: false,
    reason: `leads to ${address}, which is not allowed to be called (${rule.replace(/_/g, ' ')}); a developer can allow it with the option addresses.allow`,
    rule: 'address',
    host,
    inbox: false,
  });

  return async (url: string): Promise<UrlCheck> => {
    const text = urlProblem(url.trim());
    if (text) return { ok: false, reason: text, rule: 'form', host: null, inbox: false };
    const parsed = new URL(url.trim());
    const { hostname, host } = parsed;
    if (isInbox(url.trim())) return { ok: true, reason: null, rule: null, host, inbox: true };
    const literal = guard.checkHost(hostname);
    if (literal) {
      return literal.allowed ? good(host) : refusedAddress(host, literal.address, literal.rule);
    }
    let addresses: readonly string[];
    try {
      addresses = await resolve(hostname);
    } catch {
      if (proxy?.(parsed) && guard.allowsName(hostname)) return good(host);
      const reason = `the name ${hostname} could not be found; check it for a typing error`;
      return { ok: false, reason, rule: 'name', host, inbox: false };
    }
    for (const address of addresses) {
      const verdict = guard.checkAddress(address, hostname);
      if (!verdict.allowed) return refusedAddress(host, verdict.address, verdict.rule);
    }
    return good(host);
  };
}

const good = (host: string): UrlCheck => ({ ok: true, reason: null, rule: null, host, inbox: false });
