import type { LookupFunction } from 'node:net';
import { Agent, Pool, type buildConnector, type Dispatcher } from 'undici';
import { createProxyAgent } from './proxy';
import type { TlsIdentity } from './tls-identities';
import { clientWithLine } from './line';
import { limitedConnector } from './receive-limit';

/** Shorter than long time-outs, so that a host that drops packets is distinguished from a slow one. */
const connectTimeoutMs = 10_000;
/** Node gives each address of a host 250 ms before the next one: too short for long distances. */
export const addressAttemptMs = 1000;
/** Status line and headers of a response. Node's own default. */
const maxHeaderBytes = 16 * 1024;
/**
 * A body in chunks of one byte takes six bytes on the wire; headers, trailers and data in flight are added.
 */
const maxFramingFactor = 8;
const maxOverheadBytes = 1024 * 1024;
/** Two agents for one route: `kept` reuses connections, `fresh` opens one for each request. */
export interface Agents {
  kept: Dispatcher;
  fresh: Dispatcher;
}

/**
 * Agents for each route and each identity: a connection opened on one, or with one's certificate, must never
 * be reused for another.
 */
export function createAgents({
  connectionsPerOrigin,
  responseCapBytes,
  lookup,
}: {
  connectionsPerOrigin: number;
  responseCapBytes: number;
  lookup: LookupFunction;
}) {
  const connecting = {
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
  };
  const maxBytes = responseCapBytes * maxFramingFactor + maxOverheadBytes;
  const made = new Map<string, Agents>();
  let closed = false;
  const straight =
    (connect: buildConnector.BuildOptions, identity: TlsIdentity | null) => (pipelining: 0 | 1) =>
      new Agent({
        ...agentOptions(connectionsPerOrigin, pipelining),
        connect: limitedConnector({ ...connect, ...identity?.secure }, maxBytes, identity?.servername),
      });
  const through = (proxy: string, identity: TlsIdentity | null) => (pipelining: 0 | 1) =>
    createProxyAgent(proxy, agentOptions(connectionsPerOrigin, pipelining), identity);
  const once = (name: string, agentOf: (pipelining: 0 | 1) => Dispatcher): Agents => {
    const known = made.get(name);
    if (known) return known;
    const agents = { kept: agentOf(1), fresh: agentOf(0) };
    made.set(name, agents);
    // Requests to it are then refused, like those to the existing ones.
    if (closed) void Promise.all([agents.kept.destroy(), agents.fresh.destroy()]);
    return agents;
  };
  const inside = once('inside', straight(connecting, null));
  return {
    inside,
    outside(proxy: string | null, identity: TlsIdentity | null): Agents {
      const name = JSON.stringify([proxy, identity?.name ?? null]);
      return once(
        name,
        proxy === null ? straight({ ...connecting, lookup }, identity) : through(proxy, identity),
      );
    },
    async destroy(): Promise<void> {
      closed = true;
      const all = [...made.values()].flatMap(({ kept, fresh }) => [kept, fresh]);
      await Promise.all(all.map((agent) => agent.destroy()));
    },
  };
}

/** `pipelining` 0 makes undici use a connection once. */
const agentOptions = (connections: number, pipelining: 0 | 1): Agent.Options => ({
  connections,
  pipelining,
  factory: (origin, options) => new Pool(origin, { ...options, factory: clientWithLine }),
  maxHeaderSize: maxHeaderBytes,
  // One timer for all phases: the one in `Deadline`.
  headersTimeout: 0,
  bodyTimeout: 0,
});
