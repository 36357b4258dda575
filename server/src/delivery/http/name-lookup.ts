import dns from 'node:dns';
import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';

/** Time-out of one server, then twice as long for a second query. */
const serverTimeoutMs = 1500;
const tries = 2;
/** Over all servers: a name that takes longer is not found. */
const nameTimeoutMs = 5000;
/** The hosts file is checked again after this time. */
const hostsAgeMs = 5000;
/** A name for which the system's resolver took too long is not passed to it again for this time. */
const silentMs = 60_000;
const maxSilentNames = 1000;

export type Lookup = typeof dns.lookup;

export interface NameLookupOptions {
  /** `host` or `host:port` of name servers instead of the system's. */
  servers?: readonly string[];
  /** The system's own resolver. */
  system?: Lookup;
  hostsFile?: string;
  now?: () => number;
}

const codedError = (code: string, hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`query${code === 'ETIMEOUT' ? 'Timed out' : ''} ${code} ${hostname}`), {
    code,
    hostname,
  });

/**
 * A `dns.lookup` that does not wait in a thread. The system's resolver keeps one of libuv's four threads
 * while a name server does not respond, and two such names block all other lookups of this process: database,
 * mail, storage. So the hosts file is read here and name servers are queried over a socket, with a time-out.
 * Only a name that they do not have is passed to the system (mDNS, search domains, other sources of
 * `nsswitch.conf`): one at a time, and not again for a while if there was no response.
 */
export function createNameLookup(options: NameLookupOptions = {}): Lookup {
  const now = options.now ?? Date.now;
  const resolver = new dns.promises.Resolver({ timeout: serverTimeoutMs, tries });
  if (options.servers) resolver.setServers(options.servers);
  const hosts = createHosts(options.hostsFile ?? hostsPath(), now);
  const system = createSystem(options.system ?? dns.lookup, now);

  const find = async (hostname: string): Promise<dns.LookupAddress[]> => {
    const name = hostname.toLowerCase().replace(/\.$/, '');
    const family = isIP(hostname);
    if (family !== 0) return [{ address: hostname, family }];
    const known = await hosts(name);
    if (known.length > 0) return [...known];
    if (name === 'localhost' || name.endsWith('.localhost')) return loopback;
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length > 0) return found.map((address) => ({ address, family: isIP(address) }));
    const code = silence(answers);
    if (code !== null) throw codedError(code, hostname);
    return system(hostname);
  };

  const lookup = (
    hostname: string,
    asked: dns.LookupOptions,
    callback: (error: NodeJS.ErrnoException | null, ...answer: unknown[]) => void,
  ): void => {
    // Outside of the promise: an error thrown by a callback is not the lookup's failure.
    const tell = (error: NodeJS.ErrnoException | null, ...answer: unknown[]): void =>
      void process.nextTick(callback, error, ...answer);
    within(nameTimeoutMs, find(hostname), () => codedError('ETIMEOUT', hostname)).then(
      (all) => {
        const wanted = all.filter(({ family }) => fits(family, asked.family));
        const [first] = wanted;
        if (!first) tell(codedError('ENOTFOUND', hostname));
        else if (asked.all) tell(null, wanted);
        else tell(null, first.address, first.family);
      },
      (error: unknown) => tell(error as NodeJS.ErrnoException),
    );
  };
  return lookup as Lookup;
}

const loopback: dns.LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const fits = (family: number, asked: dns.LookupOptions['family']): boolean =>
  !asked || asked === family || asked === `IPv${family}`;

/** Responses of name servers that do not have the name, or do not work: others may know it. */
const unknownCodes = new Set([
  'ENOTFOUND',
  'ENODATA',
  'ECONNREFUSED',
  'EREFUSED',
  'ENOTIMP',
  'ENONAME',
  'EBADNAME',
]);

/** The code of a server without a response; null if every response was that the name does not exist. */
function silence(answers: readonly PromiseSettledResult<unknown>[]): string | null {
  const codes = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [String((answer.reason as { code?: unknown }).code)] : [],
  );
  return codes.find((code) => !unknownCodes.has(code)) ?? null;
}

function hostsPath(): string {
  if (process.platform !== 'win32') return '/etc/hosts';
  return path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts');
}

/** Reads the hosts file again after it has changed. */
function createHosts(file: string, now: () => number) {
  let names = new Map<string, dns.LookupAddress[]>();
  let readAt = -Infinity;
  let changedAt = -1;
  let reading: Promise<void> | null = null;

  const refresh = async (): Promise<void> => {
    readAt = now();
    try {
      const { mtimeMs } = await stat(file);
      if (mtimeMs === changedAt) return;
      names = parseHosts(await readFile(file, 'utf8'));
      changedAt = mtimeMs;
    } catch {
      // A system without the file has no names in it.
      names = new Map();
      changedAt = -1;
    }
  };

  return async (name: string): Promise<readonly dns.LookupAddress[]> => {
    if (now() - readAt >= hostsAgeMs) reading ??= refresh().finally(() => (reading = null));
    await reading;
    return names.get(name) ?? [];
  };
}

/** Lines of an address and its names; `#` begins a comment. */
export function parseHosts(text: string): Map<string, dns.LookupAddress[]> {
  const names = new Map<string, dns.LookupAddress[]>();
  for (const line of text.split(/\r?\n/)) {
    const [address = '', ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of rest.map((each) => each.toLowerCase())) {
      names.set(name, [...(names.get(name) ?? []), { address, family }]);
    }
  }
  return names;
}

/** The system's resolver, which keeps a thread until it responds: one query at a time. */
function createSystem(lookup: Lookup, now: () => number) {
  const silent = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  const ask = (hostname: string): Promise<dns.LookupAddress[]> =>
    new Promise((resolve, reject) => {
      lookup(hostname, { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
    });

  const asked = async (hostname: string): Promise<dns.LookupAddress[]> => {
    const startedAt = now();
    try {
      return await ask(hostname);
    } finally {
      if (now() - startedAt >= serverTimeoutMs) {
        if (silent.size >= maxSilentNames) silent.clear();
        silent.set(hostname, now());
      }
    }
  };

  return (hostname: string): Promise<dns.LookupAddress[]> => {
    const isSilent = (): boolean => now() - (silent.get(hostname) ?? -Infinity) < silentMs;
    const turn = last.then(() => {
      if (isSilent()) throw codedError('ENOTFOUND', hostname);
      return asked(hostname);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
