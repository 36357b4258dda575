import type { UrlCheck } from '../../../../contracts';
import { urlProblem } from '../../../../contracts';
import type { AddressGuard } from './address-guard';
import { isNeverAllowed } from './address-guard';
import type { Lookup } from './name-lookup';
import type { ProxyChoice } from './proxy';

export interface UrlCheckDeps {
  guard: AddressGuard;
  isInbox(url: string): boolean;
  /** A proxy may be able to resolve names that cannot be resolved here. */
  proxy?: ProxyChoice;
  /** Addresses of a name; rejects with `code` ENOTFOUND if it does not exist. */
  resolve: (hostname: string) => Promise<readonly string[]>;
}

/**
 * The rule that would refuse this URL, shown while typing and when saving. The sender checks again at connect
 * time. The resolved address and its range are not shown: otherwise anyone who can enter a URL could resolve
 * internal names.
 */
export function createUrlCheck({ guard, isInbox, proxy, resolve }: UrlCheckDeps) {
  const refused = (host: string, where: string, range = '', isFinal = false): UrlCheck => ({
    ok: false,
    reason: isFinal
      ? `leads to ${where}, which is never called${range}, whatever the configuration says`
      : `leads to ${where}, which is not allowed to be called${range}; a developer can allow it with the option addresses.allow`,
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
      if (literal.allowed) return good(host);
      return refused(
        host,
        literal.address,
        ` (${literal.rule.replace(/_/g, ' ')})`,
        isNeverAllowed(literal.rule),
      );
    }
    let addresses: readonly string[];
    try {
      addresses = await resolve(hostname);
    } catch {
      if (proxy?.(parsed) && guard.allowsName(hostname)) return good(host);
      const reason = `the name ${hostname} could not be found; check it for a typing error`;
      return { ok: false, reason, rule: 'name', host, inbox: false };
    }
    const allowed = addresses.every((address) => guard.checkAddress(address, hostname).allowed);
    return allowed ? good(host) : refused(host, 'a private or special address');
  };
}

const good = (host: string): UrlCheck => ({ ok: true, reason: null, rule: null, host, inbox: false });

/** The addresses of a name, as the sender will resolve it. */
export const addressesBy =
  (lookup: Lookup) =>
  (hostname: string): Promise<string[]> =>
    new Promise((resolve, reject) => {
      lookup(hostname, { all: true }, (error, found) =>
        error ? reject(error) : resolve(found.map(({ address }) => address)),
      );
    });
