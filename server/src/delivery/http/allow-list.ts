import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isMixed, neverRuleOf, ownNetworksFor, parseAddress, type Range } from './address-ranges';

/** An unusable entry of the allow-list; `path` names it, e.g. `addresses.allow[1]`. */
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

/** An entry of the allow-list: a range, or a host name in its canonical spelling. */
export function readEntry(entry: string, path: string): Range | string {
  const range = readRange(entry);
  if (range) {
    refuseSenseless(range, entry, path);
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
  // ipaddr.js reads 10/8 as 0.0.0.10/8, which is not what its author means.
  if (isIP(network) === 0 || !ipaddr.isValidCIDR(entry)) return null;
  return ipaddr.parseCIDR(entry);
}

/** A range says what it opens: nothing that can never be called, and no public addresses together with others. */
function refuseSenseless(range: Range, entry: string, path: string): void {
  const never = neverRuleOf(range);
  if (never !== null) {
    throw new InvalidAddressPolicyError(
      path,
      `cannot be opened: no receiver has an address of ${JSON.stringify(entry)} (${never.replace(/_/g, ' ')}), it is always refused. Remove the entry`,
    );
  }
  if (!isMixed(range)) return;
  const instead = ownNetworksFor(range).join(', ');
  throw new InvalidAddressPolicyError(
    path,
    `is too wide: ${JSON.stringify(entry)} opens special addresses together with others. Public addresses need no entry; write only the ranges of your own network, such as ${instead}, or the host name of the receiver`,
  );
}

/** A host as `new URL` parses it: an address in any notation (0x7f.1, 2130706433, 127.0.0.1.), or a name. */
export function readHost(hostname: string): { address: string } | { name: string } | null {
  const bare = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
  if (isIP(bare) !== 0) return { address: bare };
  if (/[\s/\\?#@:[\]]/.test(bare)) return null;
  try {
    const read = new URL(`http://${bare}/`).hostname;
    const name = read.replace(/\.+$/, '');
    if (name === '') return null;
    return isIP(read) === 0 ? { name } : { address: read };
  } catch {
    // Not a host by the URL standard (`1.2.3.4.5`, `0x`), so no request can be sent to it either.
    return null;
  }
}
