import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Axios, type AxiosAdapter } from 'axios';
import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { urlProblem } from '../../../contracts/webhooks';
import { AddressRefusedError, type AddressGuard } from './address-guard';
import { guardedLookup } from './guarded-lookup';
import { createProxyAgent, type ProxyChoice } from './proxy';
import { FloodedError, limitedConnector } from './receive-limit';

export interface HttpAnswer {
  status: number;
  statusText: string;
  /** By lower-case names; a repeated one is joined with `, `. */
  headers: Record<string, string>;
  /** At most `responseCapBytes`. */
  body: Buffer;
  /** True when the answer was longer; the rest was not downloaded. */
  truncated: boolean;
  durationMs: number;
}

export interface HttpClient {
  /**
   * One request, never redirected. Resolves for every answer, whatever its status; rejects with an error that
   * `classifyError` knows. `timeoutMs` covers everything: name, connection, headers and body.
   */
  send(input: {
    method: 'POST';
    url: string;
    headers: Record<string, string>;
    /** Sent as these UTF-8 bytes, untouched. */
    body: string;
    timeoutMs: number;
  }): Promise<HttpAnswer>;
  /** Ends every connection; what is still in flight fails with the code `shutdown`. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  guard: AddressGuard;
  responseCapBytes: number;
  connectionsPerOrigin: number;
  /** Where to dial for this very URL instead, over plain HTTP and past the guard: our own inbox. */
  route?: (url: URL) => { host: string; port: number } | null;
  /** The way out of a network that lets nothing out but a proxy; not for addresses inside of it. */
  proxy?: ProxyChoice;
  lookup?: typeof dns.lookup;
}

/** The request did not get a connection, or not its answer, within its time. */
export class SendTimeoutError extends Error {
  constructor(
    readonly code: 'CONNECT_TIMEOUT' | 'ANSWER_TIMEOUT',
    timeoutMs: number,
  ) {
    const missing = code === 'CONNECT_TIMEOUT' ? 'no connection' : 'no complete answer';
    super(`${missing} within ${timeoutMs} ms`);
    this.name = 'SendTimeoutError';
  }
}

/** The URL cannot be sent to by its text; the message does not repeat it. */
export class InvalidUrlError extends Error {
  readonly code = 'INVALID_URL';

  constructor(problem: string) {
    super(`the URL ${problem}`);
    this.name = 'InvalidUrlError';
  }
}

/** The receiver began an answer and did not end it. */
export class ResponseInterruptedError extends Error {
  readonly code = 'RESPONSE_INTERRUPTED';

  constructor(cause: Error) {
    super(`the answer broke off: ${cause.message}`, { cause });
    this.name = 'ResponseInterruptedError';
  }
}

/** The receiver answered something that is not the answer to a request: 100 or 101 that nobody asked for. */
export class InvalidResponseError extends Error {
  readonly code = 'INVALID_RESPONSE';

  constructor(cause: Error) {
    super(`not an HTTP answer: ${cause.message}`, { cause });
    this.name = 'InvalidResponseError';
  }
}

/** Shorter than any time-out of long ones, so that a host that swallows packets is told from a slow one. */
const connectTimeoutMs = 10_000;
/** Node gives each address of a host 250 ms before it tries the next: too short for the other side of the world. */
const addressAttemptMs = 1000;
/** Status line and headers of an answer. Node's own default. */
const maxHeaderBytes = 16 * 1024;
const maxStatusTextLength = 200;
/** A body in chunks of one byte takes six on the line; headers, trailers and what is in flight come on top. */
const maxFramingFactor = 8;
const maxOverheadBytes = 1024 * 1024;
/** Answers before the answer (1xx). RFC 9110 §15.2 sets no bound; a flood of them would only cost processor time. */
const maxInterimAnswers = 32;

/** The only way out: axios as the client, undici's agent as its transport (measured 1.6 × Node's `http`). */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const lookup = guardedLookup(options.guard, options.lookup ?? dns.lookup);
  const agents = createAgents(options, lookup);

  /** Where our own inbox is, else through the proxy to what is outside, else straight. Throws what is refused. */
  const wayTo = async (url: URL, timeoutMs: number): Promise<Way> => {
    const inbox = options.route?.(url) ?? null;
    if (inbox) return { agent: agents.inside, origin: originOf(inbox), headers: { host: url.host } };
    refuseLiteralHost(options.guard, url.hostname);
    const proxy = options.proxy?.(url) ?? null;
    const outside = proxy !== null && (await within(timeoutMs, leadsOutside(options.guard, lookup, url)));
    return { agent: outside ? agents.through(proxy) : agents.outside, origin: url.origin, headers: {} };
  };

  const adapter: AxiosAdapter = async (config) => {
    const startedAt = performance.now();
    const timeoutMs = config.timeout ?? 0;
    const outgoing = config.data as Outgoing;
    const url = parseUrl(config.url ?? '');
    const { agent, origin, headers } = await wayTo(url, timeoutMs);
    const answer = await exchange(agent, {
      origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: { ...outgoing.headers, ...headers },
      body: outgoing.body,
      startedAt,
      timeoutMs,
      capBytes: options.responseCapBytes,
    });
    return { data: answer, status: answer.status, statusText: answer.statusText, headers: {}, config };
  };
  const client = createAxios(adapter);

  return {
    async send({ method, url, headers, body, timeoutMs }) {
      const data = new Outgoing(headersOnTheLine(headers), Buffer.from(body, 'utf8'));
      const answer = await client.request<HttpAnswer>({ method, url, data, timeout: timeoutMs });
      return answer.data;
    },
    async close() {
      await agents.destroy();
    },
  };
}

/**
 * What goes through axios untouched. As its `headers` they would be merged, copied and put in order three times, which
 * was an eighth of all that a delivery costs; an object of a class it hands on as it is.
 */
class Outgoing {
  constructor(
    readonly headers: Record<string, string>,
    readonly body: Buffer,
  ) {}
}

/** Without the library's defaults: none of them means anything to this adapter, and each is merged every time. */
function createAxios(adapter: AxiosAdapter): Axios {
  return new Axios({
    adapter,
    proxy: false,
    maxRedirects: 0,
    validateStatus: null,
    // What was signed is what is sent, and an answer is bytes to us, whatever it says of itself.
    transformRequest: [],
    transformResponse: [],
  });
}

interface Way {
  agent: Dispatcher;
  origin: string;
  headers: Record<string, string>;
}

/** An agent for each way: a connection that was made on one must never be used again on another. */
function createAgents(
  { connectionsPerOrigin: connections, responseCapBytes }: HttpClientOptions,
  lookup: LookupFunction,
) {
  const connecting = {
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
  };
  const maxBytes = responseCapBytes * maxFramingFactor + maxOverheadBytes;
  const agentOf = (options: buildConnector.BuildOptions) =>
    new Agent({ ...agentOptions(connections), connect: limitedConnector(options, maxBytes) });
  const outside = agentOf({ ...connecting, lookup });
  const inside = agentOf(connecting);
  const proxied = new Map<string, Dispatcher>();
  return {
    outside,
    inside,
    through(proxy: string): Dispatcher {
      const agent = proxied.get(proxy) ?? createProxyAgent(proxy, agentOptions(connections));
      proxied.set(proxy, agent);
      return agent;
    },
    async destroy(): Promise<void> {
      await Promise.all([outside, inside, ...proxied.values()].map((agent) => agent.destroy()));
    },
  };
}

const agentOptions = (connections: number): Agent.Options => ({
  connections,
  pipelining: 1,
  maxHeaderSize: maxHeaderBytes,
  // One clock for all phases: the one in `exchange`.
  headersTimeout: 0,
  bodyTimeout: 0,
});

const originOf = ({ host, port }: { host: string; port: number }): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

function parseUrl(text: string): URL {
  const problem = urlProblem(text);
  if (problem !== null) throw new InvalidUrlError(problem);
  return new URL(text);
}

/** A literal address is dialled without being looked up, so it is judged here. */
function refuseLiteralHost(guard: AddressGuard, hostname: string): void {
  const verdict = guard.checkHost(hostname);
  if (verdict?.allowed === false) throw new AddressRefusedError(verdict.rule, verdict.address, hostname);
}

/**
 * Whether the proxy is the way to this host: not to an address inside, which was opened on purpose and is dialled as
 * it was checked. The proxy looks a name up once more by itself, so what it finds cannot be checked here. A name that
 * only the proxy can look up must stand on the allow-list.
 */
async function leadsOutside(guard: AddressGuard, lookup: LookupFunction, url: URL): Promise<boolean> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(hostname) !== 0) return guard.isPublic(hostname);
  try {
    return (await addressesOf(lookup, hostname)).every((address) => guard.isPublic(address));
  } catch (error) {
    if (!(error instanceof AddressRefusedError) && guard.allowsName(hostname)) return true;
    throw error;
  }
}

const addressesOf = (lookup: LookupFunction, hostname: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address));
    });
  });

function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const expire = () => reject(new SendTimeoutError('CONNECT_TIMEOUT', timeoutMs));
    const timer = setTimeout(expire, timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Headers travel as latin1 (RFC 9110 §5.5). A value beyond it, which saving refuses, goes as its UTF-8 bytes
 * rather than making every delivery of its webhook fail.
 */
function headersOnTheLine(headers: Record<string, string>): Record<string, string> {
  const sent = Object.create(null) as Record<string, string>;
  let accepts = false;
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    // An answer is kept and shown as it comes.
    if (lower === 'accept-encoding') continue;
    accepts ||= lower === 'accept';
    // eslint-disable-next-line no-control-regex
    sent[name] = /^[\x00-\xff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
  }
  if (!accepts) sent.accept = 'application/json, text/plain, */*';
  sent['accept-encoding'] = 'identity';
  return sent;
}

interface Exchange {
  origin: string;
  path: string;
  method: 'POST';
  headers: Record<string, string>;
  body: Buffer;
  /** By `performance.now()`; the time-out counts from here. */
  startedAt: number;
  timeoutMs: number;
  capBytes: number;
}

/**
 * One request over the agent. `dispatch` and not `request`: that one gives no status text, buffers ahead of the
 * cap, and fails for an answer with a header named `constructor`.
 */
function exchange(agent: Dispatcher, exchanged: Exchange): Promise<HttpAnswer> {
  const { startedAt, timeoutMs, capBytes, ...request } = exchanged;
  return new Promise((resolve, reject) => {
    const collector = new AnswerCollector({ startedAt, timeoutMs, capBytes }, resolve, reject);
    agent.dispatch(request, collector);
  });
}

/** Follows one request through undici: waiting → connected → head → body, and settles exactly once. */
class AnswerCollector implements Dispatcher.DispatchHandlers {
  private readonly timer: NodeJS.Timeout;
  private abort: ((reason: Error) => void) | null = null;
  private head: Pick<HttpAnswer, 'status' | 'statusText' | 'headers'> | null = null;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private interimAnswers = 0;
  private settled = false;

  constructor(
    private readonly limits: Pick<Exchange, 'startedAt' | 'timeoutMs' | 'capBytes'>,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    const leftMs = Math.max(0, limits.timeoutMs - Math.round(performance.now() - limits.startedAt));
    this.timer = setTimeout(() => this.expire(), leftMs);
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.abort = abort;
    // Expired while it waited for a connection: nothing must be sent any more.
    if (this.settled) abort(new SendTimeoutError('CONNECT_TIMEOUT', this.limits.timeoutMs));
  }

  onHeaders(
    status: number,
    rawHeaders: Buffer[] | string[] | null,
    _resume: () => void,
    text: string,
  ): boolean {
    if (status >= 200) {
      const statusText = text.replaceAll('\0', '').slice(0, maxStatusTextLength);
      this.head = { status, statusText, headers: joinHeaders(rawHeaders ?? []) };
    } else {
      this.interimAnswers += 1;
      if (this.interimAnswers > maxInterimAnswers) {
        this.giveUp(new InvalidResponseError(new Error(`more than ${maxInterimAnswers} answers of 1xx`)));
      }
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    const room = this.limits.capBytes - this.bytes;
    this.chunks.push(chunk.subarray(0, room));
    this.bytes += Math.min(chunk.length, room);
    if (chunk.length > room) this.finish(true);
    return true;
  }

  onComplete(): void {
    this.finish(false);
  }

  onError(error: Error): void {
    this.fail(this.explain(error));
  }

  private finish(truncated: boolean): void {
    if (!this.head || !this.settle()) return;
    const durationMs = Math.round(performance.now() - this.limits.startedAt);
    this.resolve({ ...this.head, body: Buffer.concat(this.chunks), truncated, durationMs });
    // Closes the connection: the rest would have to be downloaded before it could be used again.
    if (truncated) this.abort?.(new Error('the answer is longer than what is kept'));
  }

  private expire(): void {
    const phase = this.abort ? 'ANSWER_TIMEOUT' : 'CONNECT_TIMEOUT';
    this.giveUp(new SendTimeoutError(phase, this.limits.timeoutMs));
  }

  private giveUp(error: Error): void {
    this.fail(error);
    this.abort?.(error);
  }

  private fail(error: Error): void {
    if (this.settle()) this.reject(error);
  }

  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    clearTimeout(this.timer);
    return true;
  }

  private explain(error: Error): Error {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (error instanceof FloodedError) return new InvalidResponseError(error);
    if (code === 'UND_ERR_SOCKET' && error.message.startsWith('bad ')) return new InvalidResponseError(error);
    if (!this.head || code.startsWith('HPE_') || code === 'UND_ERR_DESTROYED') return error;
    return new ResponseInterruptedError(error);
  }
}

function joinHeaders(raw: readonly (Buffer | string)[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase();
    const value = String(raw[index + 1]).replaceAll('\0', '');
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}
