import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

export interface AddressPolicy {
  /** Host names, addresses and CIDR ranges that may be reached although they would be refused. */
  allow: readonly string[];
  /** Opens loopback and private ranges; link-local and metadata addresses stay refused. */
  allowPrivate: boolean;
}

/** `rule` is the name of the range that refuses it, or `invalid`; `address` is what was judged. */
export type AddressVerdict = { allowed: true } | { allowed: false; rule: string; address: string };

export interface AddressGuard {
  /**
   * Judges a host as it stands in a URL: a literal address in any notation, with or without brackets. Null for
   * a name, which is to be judged by every address that it resolves to.
   */
  checkHost(hostname: string): AddressVerdict | null;
  /** Judges an address; `hostname` is the name that led to it, for hosts on the allow-list. */
  checkAddress(address: string, hostname?: string): AddressVerdict;
  /** Whether it is an address of the public internet; false also where an option has opened it. */
  isPublic(address: string): boolean;
  /** Whether this name itself stands on the allow-list. */
  allowsName(hostname: string): boolean;
}

/** Thrown for a request whose target is refused. Names the target, never the URL, which may be a secret. */
export class AddressRefusedError extends Error {
  readonly code = 'ADDRESS_REFUSED';

  constructor(
    readonly rule: string,
    readonly address: string,
    hostname?: string,
  ) {
    const target = hostname && hostname !== address ? `${hostname} leads to ${address}, which` : address;
    super(`${target} is refused (${rule})`);
    this.name = 'AddressRefusedError';
  }
}

/** An entry of the allow-list that cannot be used; `path` names it, e.g. `addresses.allow[1]`. */
export class InvalidAddressPolicyError extends Error {
  readonly code = 'INVALID_ADDRESS_POLICY';

  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path} ${problem}`);
    this.name = 'InvalidAddressPolicyError';
  }
}

const parseRanges = (cidrs: readonly string[]): Range[] => cidrs.map((cidr) => ipaddr.parseCIDR(cidr));

/**
 * Refused whatever the allow-list says: no receiver of webhooks lives there, and credentials of the machine do.
 * Fails closed. The single addresses are those of cloud metadata services outside the link-local range:
 * Alibaba, Oracle, Azure; AWS and Google over IPv6.
 */
const neverAllowed: Record<string, Range[]> = {
  metadata: parseRanges([
    '169.254.169.254/32',
    '169.254.170.2/32',
    '100.100.100.200/32',
    '192.0.0.192/32',
    '168.63.129.16/32',
    'fd00:ec2::/32',
    'fd20:ce::254/128',
  ]),
  link_local: parseRanges(['169.254.0.0/16', 'fe80::/10']),
};

/** Special purpose ranges: the registries of IANA for IPv4 and IPv6 (RFC 6890 and what updates it). */
const refused: Record<string, Range[]> = {
  unspecified: parseRanges(['0.0.0.0/8', '::/128']),
  loopback: parseRanges(['127.0.0.0/8', '::1/128']),
  private: parseRanges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']),
  shared: parseRanges(['100.64.0.0/10']),
  documentation: parseRanges([
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
  ]),
  benchmarking: parseRanges(['198.18.0.0/15', '2001:2::/48']),
  multicast: parseRanges(['224.0.0.0/4', 'ff00::/8']),
  broadcast: parseRanges(['255.255.255.255/32']),
  site_local: parseRanges(['fec0::/10']),
  translated: parseRanges([
    '::ffff:0:0/96', // IPv4-mapped
    '::ffff:0:0:0/96', // SIIT
    '64:ff9b::/96', // NAT64
    '64:ff9b:1::/48', // NAT64, local use
    '2002::/16', // 6to4
    '192.88.99.0/24', // 6to4 relays
    '2001::/32', // Teredo
    '::/96', // IPv4-compatible
  ]),
  orchid: parseRanges(['2001:10::/28', '2001:20::/28']),
  reserved: parseRanges([
    '192.0.0.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.175.48.0/24',
    '240.0.0.0/4',
    '100::/64',
    '2001::/23',
    '2620:4f:8000::/48',
    '5f00::/16',
  ]),
};

/** What `allowPrivate` opens. */
const privateRules = new Set(['loopback', 'private']);

/** The only part of IPv6 that IANA gives out; the rest is refused without a name of its own. */
const [globalUnicast] = parseRanges(['2000::/3']);

/**
 * The rule book for where requests may go (`addresses` of the configuration), ready to be asked. Throws
 * `InvalidAddressPolicyError` for an entry that is no host, address or range, or that opens nothing.
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
    !(rule in neverAllowed) &&
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
    // RFC 6761 §6.3: always loopback. Where some loopback is open, what it resolves to decides.
    const verdicts = [checkAddress('127.0.0.1'), checkAddress('::1')];
    return verdicts.find((verdict) => verdict.allowed) ? null : (verdicts[0] ?? null);
  };

  const isPublic = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== null && ruleAgainst(address) === null;
  };

  return { checkHost, checkAddress, isPublic, allowsName: (hostname) => hosts.has(nameOf(hostname)) };
}

/** The name of the range that refuses this address, or null for an address of the public internet. */
function ruleAgainst(address: Address): string | null {
  const never = [address, ...embeddedIPv4(address)].map((each) => nameIn(neverAllowed, each));
  const rule = never.find((name) => name !== null) ?? nameIn(refused, address);
  if (rule !== null) return rule;
  const isPublic = address.kind() === 'ipv4' || (globalUnicast && contains(globalUnicast, address));
  return isPublic ? null : 'reserved';
}

/** The IPv4 addresses that an IPv6 address may be turned into on its way. */
function embeddedIPv4(address: Address): ipaddr.IPv4[] {
  if (!('parts' in address) || nameIn({ translated: refused.translated ?? [] }, address) === null) return [];
  const bytes = address.toByteArray();
  const inverted = bytes.map((byte) => byte ^ 0xff);
  return [
    bytes.slice(12), // mapped, compatible, NAT64, SIIT
    bytes.slice(2, 6), // 6to4
    inverted.slice(12), // Teredo: the client
    bytes.slice(4, 8), // Teredo: the server
    [...bytes.slice(6, 8), ...bytes.slice(9, 11)], // NAT64 with a /48 prefix, RFC 6052 §2.2
  ].map((octets) => new ipaddr.IPv4(octets));
}

function nameIn(table: Record<string, Range[]>, address: Address): string | null {
  const found = Object.entries(table).find(([, ranges]) => ranges.some((range) => contains(range, address)));
  return found ? found[0] : null;
}

function contains([network, prefix]: Range, address: Address): boolean {
  return network.kind() === address.kind() && address.match(network, prefix);
}

/** An entry of the allow-list: a range, or a host name in its canonical spelling. */
function readEntry(entry: string, path: string): Range | string {
  const range = readRange(entry);
  if (range) {
    refuseNeverAllowed(range, entry, path);
    return range;
  }
  const host = entry.includes('/') || entry.includes('*') ? null : readHost(entry);
  if (host === null || 'address' in host) {
    throw new InvalidAddressPolicyError(
      path,
      `must be a host name, an IP address or a CIDR range like 10.0.0.0/8, not ${JSON.stringify(entry)}`,
    );
  }
  return host.name;
}

function readRange(entry: string): Range | null {
  const [network = '', prefix, ...rest] = entry.split('/');
  if (rest.length > 0) return null;
  if (prefix === undefined) {
    const host = readHost(network);
    const address = host && 'address' in host ? parseAddress(host.address) : null;
    return address && [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  // ipaddr.js reads 10/8 as 0.0.0.10/8, which is not what its writer means.
  if (isIP(network) === 0 || !ipaddr.isValidCIDR(entry)) return null;
  return ipaddr.parseCIDR(entry);
}

function refuseNeverAllowed([network, prefix]: Range, entry: string, path: string): void {
  const inside = Object.values(neverAllowed)
    .flat()
    .some((range) => contains(range, network) && prefix >= range[1]);
  if (!inside) return;
  throw new InvalidAddressPolicyError(
    path,
    `cannot be opened: ${JSON.stringify(entry)} is a link-local or metadata address, which is always refused`,
  );
}

/** A host as `new URL` reads it: an address from any notation (0x7f.1, 2130706433, 127.0.0.1.), or a name. */
function readHost(hostname: string): { address: string } | { name: string } | null {
  const bare = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
  if (isIP(bare) !== 0) return { address: bare };
  if (/[\s/\\?#@:[\]]/.test(bare)) return null;
  try {
    const read = new URL(`http://${bare}/`).hostname;
    const name = read.replace(/\.+$/, '');
    if (name === '') return null;
    return isIP(read) === 0 ? { name } : { address: read };
  } catch {
    // Not a host by the URL standard (`1.2.3.4.5`, `0x`), so nothing could be sent there either.
    return null;
  }
}

function nameOf(hostname: string): string {
  const host = readHost(hostname);
  return host && 'name' in host ? host.name : hostname;
}

const isLocalhost = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

function parseAddress(text: string): Address | null {
  // Strict first: ipaddr.js also reads octal and short forms, which a resolver never gives.
  if (isIP(text) === 0 || !ipaddr.isValid(text)) return null;
  return ipaddr.parse(text);
}
