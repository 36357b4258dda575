import type dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AddressRefusedError, type AddressGuard } from './address-guard';

type Lookup = typeof dns.lookup;
type Answer = (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void;

/**
 * A `dns.lookup` that refuses a name if any of its addresses is refused. The socket connects to the returned
 * address without another lookup, so a name cannot change between check and connection. Fails closed.
 */
export function guardedLookup(guard: AddressGuard, lookup: Lookup): LookupFunction {
  const lookupAll = sharedLookup(lookup);
  return (hostname, options, callback) => {
    lookupAll(hostname, options, (error, addresses) => {
      if (error) return callback(error, '');
      for (const { address } of addresses) {
        const verdict = guard.checkAddress(address, hostname);
        if (!verdict.allowed) {
          return callback(new AddressRefusedError(verdict.rule, verdict.address, hostname), '');
        }
      }
      const [first] = addresses;
      if (!first)
        return callback(Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' }), '');
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** One lookup at a time per name: ten requests to one hanging name share one lookup. */
function sharedLookup(lookup: Lookup) {
  const asked = new Map<string, Answer[]>();
  return (hostname: string, options: dns.LookupOptions, answer: Answer): void => {
    const question = `${hostname} ${options.family ?? ''} ${options.hints ?? ''}`;
    const waiting = asked.get(question);
    if (waiting) {
      waiting.push(answer);
      return;
    }
    const answers = [answer];
    asked.set(question, answers);
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      asked.delete(question);
      for (const each of answers) each(error, addresses);
    });
  };
}
