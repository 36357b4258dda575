import { isIP } from 'node:net';
import {
  contains,
  isNeverAllowed,
  parseAddress,
  ruleAgainst,
  type Address,
  type Range,
} from './address-ranges';
import { readEntry, readHost } from './allow-list';

export { isNeverAllowed } from './address-ranges';
export { InvalidAddressPolicyError } from './allow-list';

export interface AddressPolicy {
  /** Host names, addresses and CIDR ranges that are allowed although they would be refused. */
  allow: readonly string[];
  /** Allows loopback and private ranges; what can never be allowed stays refused. */
  allowPrivate: boolean;
}

/** `rule` is the name of the range that refuses it, or `invalid`; `address` is the checked address. */
export type AddressVerdict = { allowed: true } | { allowed: false; rule: string; address: string };

export interface AddressGuard {
  /** Checks a literal address in any notation, as the host of a URL. Null for a name: check each of its addresses. */
  checkHost(hostname: string): AddressVerdict | null;
  /** Checks an address; `hostname` is the name that resolved to it, for hosts on the allow-list. */
  checkAddress(address: string, hostname?: string): AddressVerdict;
  /** Whether it is an address of the public internet; false also if an option allows it. */
  isPublic(address: string): boolean;
  /** Whether this name itself is on the allow-list. */
  allowsName(hostname: string): boolean;
}

/**
 * Thrown for a request whose target is refused. Its text names the target, never the URL, which may be
 * secret, and not the resolved address, which would reveal the internal network to anyone who can send a test
 * event.
 */
export class AddressRefusedError extends Error {
  readonly code = 'ADDRESS_REFUSED';

  constructor(
    readonly rule: string,
    readonly address: string,
    hostname?: string,
  ) {
    const named = hostname !== undefined && hostname !== '' && hostname !== address && isIP(hostname) === 0;
    super(
      named
        ? `${hostname} leads to a private or special address, which is refused`
        : `${address} is refused (${rule})`,
    );
    this.name = 'AddressRefusedError';
  }
}

/** The ranges that `allowPrivate` allows. */
const privateRules = new Set(['loopback', 'private']);

/**
 * Compiles the rules for allowed targets (`addresses` of the configuration). Throws
 * `InvalidAddressPolicyError` for an entry that is no host, address or range, that can never be
 * called, or that is wider than what it can be meant for.
 */
export function compileAddressPolicy(policy: AddressPolicy): AddressGuard {
  const hosts = new Set<string>();
  const ranges: Range[] = [];
  policy.allow.forEach((entry, index) => {
    const read = readEntry(entry, `addresses.allow[${index}]`);
    if (typeof read === 'string') hosts.add(read);
    else ranges.push(read);
  });

  const isOpen = (address: Address, rule: string, hostname?: string) =>
    !isNeverAllowed(rule) &&
    ((policy.allowPrivate && privateRules.has(rule)) ||
      ranges.some((range) => contains(range, address)) ||
      (hostname !== undefined && hosts.has(nameOf(hostname))));

  const checkAddress = (text: string, hostname?: string): AddressVerdict => {
    const address = parseAddress(text);
    if (!address) return { allowed: false, rule: 'invalid', address: text };
    const rule = ruleAgainst(address);
    if (rule === null || isOpen(address, rule, hostname)) return { allowed: true };
    return { allowed: false, rule, address: address.toString() };
  };

  const checkHost = (hostname: string): AddressVerdict | null => {
    const host = readHost(hostname);
    if (host === null) return { allowed: false, rule: 'invalid', address: hostname };
    if ('address' in host) return checkAddress(host.address);
    if (!isLocalhost(host.name) || hosts.has(host.name)) return null;
    // RFC 6761 §6.3: always loopback. If some loopback is allowed, the resolved address decides.
    const verdicts = [checkAddress('127.0.0.1'), checkAddress('::1')];
    return verdicts.find((verdict) => verdict.allowed) ? null : (verdicts[0] ?? null);
  };

  const isPublic = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== null && ruleAgainst(address) === null;
  };

  return { checkHost, checkAddress, isPublic, allowsName: (hostname) => hosts.has(nameOf(hostname)) };
}

function nameOf(hostname: string): string {
  const host = readHost(hostname);
  return host && 'name' in host ? host.name : hostname;
}

const isLocalhost = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');
