import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Epoch milliseconds. */
  at: number;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
}

/** A real HTTP receiver on loopback that keeps what it gets and answers as the test says. */
export class Receiver {
  readonly requests: Received[] = [];
  answer: (request: Received) => Answer = () => ({ status: 200, body: 'ok' });
  private server: Server | null = null;

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received: Received = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks),
          at: Date.now(),
        };
        this.requests.push(received);
        const { status = 200, headers = {}, body = '', delayMs = 0 } = this.answer(received);
        setTimeout(() => {
          response.writeHead(status, headers);
          response.end(body);
        }, delayMs);
      });
    });
    // Longer than any pause of a busy machine: a connection that is closed while it is written to is a failure.
    this.server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}${path}`;
  }

  bodies(): { type: string; timestamp: string; data: Record<string, unknown> }[] {
    return this.requests.map(({ body }) => JSON.parse(body.toString('utf8')));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => {
      if (this.server) this.server.close(() => resolve());
      else resolve();
    });
  }
}
