import type dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileAddressPolicy } from './address-guard';
import { classifyError } from '../attempt/classify';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client';

/** Receivers on loopback and clients for tests of this room; all of them end after each test. */
export const capBytes = 16 * 1024;

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

export interface Listening {
  port: number;
  url: string;
  /** Connections so far. */
  sockets: net.Socket[];
  stop(): Promise<unknown>;
}

export async function listen(server: net.Server, scheme = 'http'): Promise<Listening> {
  const sockets: net.Socket[] = [];
  server.on('connection', (socket: net.Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): Promise<unknown> => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => server.close(resolve));
  };
  running.push(stop);
  const { port } = server.address() as net.AddressInfo;
  return { port, url: `${scheme}://127.0.0.1:${port}/hook`, sockets, stop };
}

export const receiver = (answer: http.RequestListener) => listen(http.createServer(answer));

/** A receiver below HTTP: whatever it is asked, it answers these bytes. */
export const rawReceiver = (bytes: string | Buffer, after: 'end' | 'stay' = 'end') =>
  listen(
    net.createServer((socket) => {
      socket.once('data', () => (after === 'end' ? socket.end(bytes) : socket.write(bytes)));
    }),
  );

export function clientOf(options: Partial<HttpClientOptions> & { allow?: string[] } = {}): HttpClient {
  const { allow = ['127.0.0.1'], ...rest } = options;
  const client = createHttpClient({
    guard: compileAddressPolicy({ allow, allowPrivate: false }),
    responseCapBytes: capBytes,
    connectionsPerOrigin: 10,
    ...rest,
  });
  running.push(() => client.close());
  return client;
}

export const post = (
  url: string,
  more: { headers?: Record<string, string>; body?: string; timeoutMs?: number } = {},
) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  timeoutMs: 5000,
  ...more,
});

export async function failureOf(sending: Promise<unknown>) {
  const error: unknown = await sending.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  const { outcome, message } = classifyError(error);
  return { code: outcome.code, message };
}

/** Waits until the receiver sees its connection end, in peace or not. */
export async function closed(socket: net.Socket | undefined): Promise<void> {
  while (socket && !socket.closed) await sleep(5);
}

/** undici gives a connection back one turn of the event loop after its answer is complete. */
export const connectionReturns = () => sleep(5);

/** A resolver that gives these answers, one list for each time that it is asked; the last one for ever. */
export function resolverOf(...answers: string[][]) {
  const asked: string[] = [];
  const lookup = ((hostname: string, options: dns.LookupOptions, callback: (...args: unknown[]) => void) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    const list = addresses.map((address) => ({ address, family: net.isIP(address) }));
    process.nextTick(() =>
      options.all ? callback(null, list) : callback(null, list[0]?.address, list[0]?.family),
    );
  }) as typeof dns.lookup;
  return { lookup, asked };
}

export async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
