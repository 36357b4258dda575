import dns from 'node:dns';
import { Axios, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import type { Dispatcher } from 'undici';
import { urlProblem } from '../../../../contracts';
import type { RequestMethod } from '../../../../contracts';
import { createAgents, type Agents } from './agents';
import { AnswerCollector, type Attempted, type HttpAnswer } from './answer';
import { InvalidUrlError } from './errors';
import { guardedLookup } from './guarded-lookup';
import { createStandstillClock, Deadline } from './standstill';
import { createWays, type WayOptions } from './way';

export type { HttpAnswer } from './answer';

export interface HttpClient {
  /**
   * One request, never redirected. Resolves for every response, whatever its status; rejects with an error
   * that `classifyError` knows. `timeoutMs` covers everything: DNS, connection, headers and body; it does not
   * run while this process itself is blocked. If a reused connection ends before the first byte of the
   * response, that is no failure: the same request is sent once more, on a new connection.
   */
  send(input: {
    method: RequestMethod;
    url: string;
    headers: Record<string, string>;
    /** Sent as these UTF-8 bytes, unchanged. */
    body: string;
    timeoutMs: number;
  }): Promise<HttpAnswer>;
  /** Ends every connection; requests in flight fail with the code `shutdown`. */
  close(): Promise<void>;
}

export interface HttpClientOptions extends WayOptions {
  responseCapBytes: number;
  connectionsPerOrigin: number;
  lookup?: typeof dns.lookup;
}

/** The only HTTP client: axios with undici's agent as its transport (measured 1.6 × Node's `http`). */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const lookup = guardedLookup(options.guard, options.lookup ?? dns.lookup);
  const agents = createAgents({ ...options, lookup });
  const wayTo = createWays(options, { agents, lookup });
  const clock = createStandstillClock();

  const sendWithin = async (
    deadline: Deadline,
    { url: target = '', method = 'POST' }: InternalAxiosRequestConfig,
    outgoing: Outgoing,
  ): Promise<HttpAnswer> => {
    const url = parseUrl(target);
    const { agents: ways, origin, headers } = await wayTo(url, deadline);
    return exchange(ways, {
      request: {
        origin,
        path: url.pathname + url.search,
        method: method.toUpperCase() as RequestMethod,
        headers: { ...outgoing.headers, ...headers },
        body: outgoing.body,
      },
      deadline,
      capBytes: options.responseCapBytes,
    });
  };

  const adapter: AxiosAdapter = async (config) => {
    const deadline = new Deadline(config.timeout ?? 0, clock);
    try {
      const answer = await sendWithin(deadline, config, config.data as Outgoing);
      return { data: answer, status: answer.status, statusText: answer.statusText, headers: {}, config };
    } finally {
      deadline.clear();
    }
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
 * Passed through axios unchanged. As its `headers` they would be merged, copied and sorted three times, an
 * eighth of the cost of a delivery; axios passes an object of a class on as it is.
 */
class Outgoing {
  constructor(
    readonly headers: Record<string, string>,
    readonly body: Buffer,
  ) {}
}

/** Without the library's defaults: none of them matters to this adapter, and each is merged every time. */
function createAxios(adapter: AxiosAdapter): Axios {
  return new Axios({
    adapter,
    proxy: false,
    maxRedirects: 0,
    validateStatus: null,
    // The signed bytes are the bytes sent, and a response is treated as bytes, whatever its content type.
    transformRequest: [],
    transformResponse: [],
  });
}

/**
 * Headers are latin1 on the wire (RFC 9110 §5.5). A value beyond it, which saving refuses, is sent as its
 * UTF-8 bytes so that it does not make every delivery of its webhook fail.
 */
function headersOnTheLine(headers: Record<string, string>): Record<string, string> {
  const sent = Object.create(null) as Record<string, string>;
  let accepts = false;
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    // A response is stored and shown as received.
    if (lower === 'accept-encoding') continue;
    accepts ||= lower === 'accept';
    // eslint-disable-next-line no-control-regex
    sent[name] = /^[\x00-\xff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
  }
  if (!accepts) sent.accept = 'application/json, text/plain, */*';
  sent['accept-encoding'] = 'identity';
  return sent;
}

function parseUrl(text: string): URL {
  const problem = urlProblem(text);
  if (problem !== null) throw new InvalidUrlError(problem);
  return new URL(text);
}

interface Exchange {
  request: {
    origin: string;
    path: string;
    method: RequestMethod;
    headers: Record<string, string>;
    body: Buffer;
  };
  deadline: Deadline;
  capBytes: number;
}

/** One request, and once more on a new connection if the first failure says nothing about the receiver. */
async function exchange({ kept, fresh }: Agents, exchanged: Exchange): Promise<HttpAnswer> {
  const first = await attempt(kept, exchanged);
  const last = 'again' in first ? await attempt(fresh, exchanged) : first;
  if ('answer' in last) return last.answer;
  throw last.error;
}

/**
 * One request over the agent. `dispatch` and not `request`, which gives no status text, buffers more than the
 * cap, and fails for a response with a header named `constructor`.
 */
function attempt(agent: Dispatcher, { request, deadline, capBytes }: Exchange): Promise<Attempted> {
  return new Promise((resolve) => {
    const collector = new AnswerCollector({ deadline, capBytes }, resolve);
    agent.dispatch(request, collector);
  });
}
