/**
 * A copied database must not call production's receivers. The installation of a webhook is stored in its row
 * and is copied with it; where this process runs is not. Pure.
 */
export interface Place {
  /** The configured name (`home.name`), if any. */
  name: string | null;
  /** Host name of the public address (`server.url`), if any. */
  host: string | null;
  /** `NODE_ENV`, or `development` if it is not set. */
  environment: string;
  /** The mark of the database, which `strapi export` does not include; absent while it is not known. */
  database?: string | null;
}

/** Where a webhook was last confirmed. */
export interface Home extends Place {
  /** Further public hosts of the same installation: an admin node and an API node have hosts of their own. */
  alsoHosts?: readonly string[];
}

export type AwayRule = 'name' | 'unnamed' | 'environment' | 'database' | 'host';

export interface HomePolicy {
  /** Off: no webhook is ever held as belonging to another installation. */
  enabled: boolean;
  /** Further names that belong to this installation. */
  alsoHome: readonly string[];
  /**
   * Webhooks confirmed without a name belong here, although this installation has one: it was just given it.
   */
  unnamedHome?: boolean;
}

/**
 * The rule by which `home` is another installation, or null. `siblingHosts` are the public hosts of other
 * processes that are known to use this database. Fails open: a merely unusual setup (a container with
 * changing host names, no `server.url`, several instances) holds nothing.
 */
export function awayFrom(
  home: Home,
  { here, policy, siblingHosts = [] }: { here: Place; policy: HomePolicy; siblingHosts?: readonly string[] },
): AwayRule | null {
  if (!policy.enabled) return null;
  if (home.name !== null && policy.alsoHome.includes(home.name)) return null;
  if (here.name !== null && home.name === here.name) return null;
  // A name that is only set here: the only difference of such a copy that can be detected.
  if (home.name === null && here.name !== null && !policy.unnamedHome) return 'unnamed';
  if (home.name !== null && here.name !== home.name) return 'name';
  if (home.environment === 'production' && here.environment !== 'production') return 'environment';
  if (home.database && here.database && home.database !== here.database) return 'database';
  const hosts = hostsOf(home);
  const isHere =
    hosts.length === 0 || [here.host, ...siblingHosts].some((host) => hosts.includes(lower(host)));
  return isRealName(here.host) && !isHere ? 'host' : null;
}

const lower = (host: string | null): string => (host ?? '').toLowerCase().replace(/\.$/, '');

/** The real host names among its public hosts. */
const hostsOf = ({ host, alsoHosts = [] }: Home): string[] =>
  [host, ...alsoHosts].filter(isRealName).map(lower);

/**
 * The place to store if this process has a public host of its own and shares the database with one where the
 * webhook belongs: so it still belongs here when that one is down. Null if nothing is to be added.
 */
export function withHostOfHere(home: Home, here: Place): Home | null {
  const hosts = hostsOf(home);
  if (!isRealName(here.host) || hosts.length === 0 || hosts.includes(lower(here.host))) return null;
  return { ...home, alsoHosts: [...(home.alsoHosts ?? []), lower(here.host)] };
}

/**
 * The place to store for a webhook of this installation if more is known now than when it was confirmed
 * (`server.url` or `home.name` were set meanwhile, or the database got its mark); null if nothing is to be
 * added.
 */
export function betterKnown(home: Home, here: Place): Home | null {
  const name = home.name ?? here.name;
  const host = isRealName(home.host) ? home.host : isRealName(here.host) ? here.host : home.host;
  const database = home.database ?? here.database;
  if (name === home.name && host === home.host && database === home.database) return null;
  return database === undefined ? { ...home, name, host } : { ...home, name, host, database };
}

/** A name that others can call: neither loopback nor an IP address. */
function isRealName(host: string | null): host is string {
  if (host === null || host === '') return false;
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return false;
  return name.includes('.') && !/^[\d.]+$/.test(name) && !name.startsWith('[') && !name.includes(':');
}
