/**
 * A copied database must not call production's receivers. Where a webhook is at home stands in its row and
 * travels with the copy; where this process runs does not. Pure.
 */
export interface Place {
  /** The configured name (`home.name`), if any. */
  name: string | null;
  /** Host name of the public address (`server.url`), if any. */
  host: string | null;
  /** `NODE_ENV`, or `development` where it is not set. */
  environment: string;
}

/** Where a webhook was last confirmed. */
export type Home = Place;

export interface HomePolicy {
  /** Off: nothing is ever held for being away. */
  enabled: boolean;
  /** Further names that are at home here as well. */
  alsoHome: readonly string[];
}

/**
 * Which rule says that `home` is somewhere else, or null.
 * Fails open: what is only unusual (a container's changing host name, no `server.url`, several instances) holds
 * nothing.
 */
export function awayFrom(
  home: Home,
  { here, policy }: { here: Place; policy: HomePolicy },
): 'name' | 'environment' | 'host' | null {
  if (!policy.enabled) return null;
  if (home.name !== null && policy.alsoHome.includes(home.name)) return null;
  if (here.name !== null && home.name === here.name) return null;
  if (here.name !== home.name && home.name !== null) return 'name';
  if (home.environment === 'production' && here.environment !== 'production') return 'environment';
  if (isRealName(home.host) && isRealName(here.host) && home.host !== here.host) return 'host';
  return null;
}

/**
 * The place to remember for a webhook that is at home here, where more is known now than when it was confirmed
 * (`server.url` or `home.name` were set meanwhile); null where there is nothing to add.
 */
export function betterKnown(home: Home, here: Place): Home | null {
  const name = home.name ?? here.name;
  const host = isRealName(home.host) ? home.host : isRealName(here.host) ? here.host : home.host;
  return name === home.name && host === home.host ? null : { ...home, name, host };
}

/** A name that others can call: neither loopback nor an address. */
function isRealName(host: string | null): host is string {
  if (host === null || host === '') return false;
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return false;
  return name.includes('.') && !/^[\d.]+$/.test(name) && !name.startsWith('[') && !name.includes(':');
}
