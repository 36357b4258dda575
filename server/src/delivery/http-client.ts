import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import axios, { type AxiosAdapter, type AxiosInstance } from 'axios';
import { Agent, type Dispatcher } from 'undici';
import { urlProblem } from '../../../contracts/webhooks';
import { AddressRefusedError, type AddressGuard } from './address-guard';

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

/** The only way out: axios as the client, undici's agent as its transport (measured 1.6 × Node's `http`). */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const lookup = guardedLookup(options.guard, options.lookup ?? dns.lookup);
  const outside = createAgent(options.connectionsPerOrigin, lookup);
  // An agent of its own: a connection made past the guard must never be reused by a guarded request.
  const inside = createAgent(options.connectionsPerOrigin);

  const adapter: AxiosAdapter = async (config) => {
    const url = parseUrl(config.url ?? '');
    const headers = { ...plainHeaders(config.headers.toJSON()), 'accept-encoding': 'identity' };
    const route = options.route?.(url) ?? null;
    if (!route) refuseLiteralHost(options.guard, url.hostname);

    const answer = await exchange(route ? inside : outside, {
      origin: route ? originOf(route) : url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: route ? { ...headers, host: url.host } : headers,
      body: config.data,
      timeoutMs: config.timeout ?? 0,
      capBytes: options.responseCapBytes,
    });
    return { data: answer, status: answer.status, statusText: answer.statusText, headers: {}, config };
  };
  const client = createAxios(adapter);

  return {
    async send({ method, url, headers, body, timeoutMs }) {
      const data = Buffer.from(body, 'utf8');
      const answer = await client.request<HttpAnswer>({
        method,
        url,
        headers: latin1Headers(headers),
        data,
        timeout: timeoutMs,
      });
      return answer.data;
    },
    async close() {
      await Promise.all([outside.destroy(), inside.destroy()]);
    },
  };
}

function createAxios(adapter: AxiosAdapter): AxiosInstance {
  return axios.create({
    adapter,
    proxy: false,
    maxRedirects: 0,
    validateStatus: null,
    // What was signed is what is sent, and an answer is bytes to us, whatever it says of itself.
    transformRequest: [],
    transformResponse: [],
  });
}

function createAgent(connections: number, lookup?: LookupFunction): Agent {
  return new Agent({
    connections,
    pipelining: 1,
    maxHeaderSize: maxHeaderBytes,
    // One clock for all phases: the one in `exchange`.
    headersTimeout: 0,
    bodyTimeout: 0,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressAttemptMs,
    connect: { timeout: connectTimeoutMs, ...(lookup ? { lookup } : {}) },
  });
}

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
 * `dns.lookup` that refuses a name when any of its addresses is refused. The socket dials what this answers and
 * looks nothing up again, so a name cannot change between check and connection. Fails closed.
 */
export function guardedLookup(guard: AddressGuard, lookup: typeof dns.lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
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

/**
 * Headers travel as latin1 (RFC 9110 §5.5). A value beyond it, which saving refuses, goes as its UTF-8 bytes
 * rather than making every delivery of its webhook fail.
 */
function latin1Headers(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) =>
    // eslint-disable-next-line no-control-regex
    /^[\x00-\xff]*$/.test(value) ? [name, value] : [name, Buffer.from(value, 'utf8').toString('latin1')],
  );
  return Object.fromEntries(entries);
}

const plainHeaders = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

interface Exchange {
  origin: string;
  path: string;
  method: 'POST';
  headers: Record<string, string>;
  body: Buffer;
  timeoutMs: number;
  capBytes: number;
}

/**
 * One request over the agent. `dispatch` and not `request`: that one gives no status text, buffers ahead of the
 * cap, and fails for an answer with a header named `constructor`.
 */
function exchange(agent: Agent, { timeoutMs, capBytes, ...request }: Exchange): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const collector = new AnswerCollector(timeoutMs, capBytes, resolve, reject);
    agent.dispatch(request, collector);
  });
}

/** Follows one request through undici: waiting → connected → head → body, and settles exactly once. */
class AnswerCollector implements Dispatcher.DispatchHandlers {
  private readonly startedAt = performance.now();
  private readonly timer: NodeJS.Timeout;
  private abort: ((reason: Error) => void) | null = null;
  private head: Pick<HttpAnswer, 'status' | 'statusText' | 'headers'> | null = null;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private settled = false;

  constructor(
    private readonly timeoutMs: number,
    private readonly capBytes: number,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.timer = setTimeout(() => this.expire(), timeoutMs);
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.abort = abort;
    // Expired while it waited for a connection: nothing must be sent any more.
    if (this.settled) abort(new SendTimeoutError('CONNECT_TIMEOUT', this.timeoutMs));
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
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    const room = this.capBytes - this.bytes;
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
    const durationMs = Math.round(performance.now() - this.startedAt);
    this.resolve({ ...this.head, body: Buffer.concat(this.chunks), truncated, durationMs });
    // Closes the connection: the rest would have to be downloaded before it could be used again.
    if (truncated) this.abort?.(new Error('the answer is longer than what is kept'));
  }

  private expire(): void {
    const error = new SendTimeoutError(this.abort ? 'ANSWER_TIMEOUT' : 'CONNECT_TIMEOUT', this.timeoutMs);
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
