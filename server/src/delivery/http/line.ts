import type { Socket } from 'node:net';
import { Client, type buildConnector, type Dispatcher } from 'undici';

/** A handler that needs to know the connection of its request. */
export interface LineHandler extends Dispatcher.DispatchHandlers {
  onLine(line: Line): void;
}

/**
 * One connection at a time, as in undici's client, with facts that undici does not expose: whether a response
 * arrived over it before, and whether any data was read since the request began. It also turns each
 * unrequested `100 Continue` into a 102: any response may be preceded by one (RFC 9110 §15.2), and undici
 * would end the connection.
 */
export class Line {
  private requests = 0;
  private heads = new InterimHeads();
  /** Data was read since the current request began. */
  heard = false;

  /** A new connection. */
  opened(socket: Socket): void {
    this.requests = 0;
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    socket.read = (size?: number): Buffer | null => {
      const chunk = read(size);
      if (chunk !== null) this.received(chunk);
      return chunk;
    };
  }

  /** A request begins. */
  begin(): void {
    this.requests += 1;
    this.heard = false;
    this.heads = new InterimHeads();
  }

  /** Whether the current request is not the first on this connection. */
  get usedBefore(): boolean {
    return this.requests > 1;
  }

  private received(chunk: Buffer): void {
    this.heard = true;
    this.heads.read(chunk);
  }
}

const digit = (text: string): number => text.charCodeAt(0);
const lineFeed = 10;
const carriageReturn = 13;
/** Position of the status: `HTTP/1.1 100`. */
const statusAt = 9;

/** Parses interim responses byte by byte, however they are split into chunks. */
class InterimHeads {
  private mode: 'status' | 'interim' | 'final' = 'status';
  private at = 0;
  private second = 0;
  private lineIsEmpty = false;

  /** Changes the chunk in place. */
  read(chunk: Buffer): void {
    for (let index = 0; index < chunk.length && this.mode !== 'final'; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.mode === 'interim') this.skip(byte);
      else if (this.status(byte)) chunk[index] = digit('2');
    }
  }

  /** @returns true at the last digit of a 100. */
  private status(byte: number): boolean {
    if (this.at === 0 && (byte === carriageReturn || byte === lineFeed)) return false;
    const place = this.at - statusAt;
    this.at += 1;
    if (place === 0 && byte !== digit('1')) this.mode = 'final';
    if (place === 1) this.second = byte;
    if (place !== 2) return false;
    this.mode = 'interim';
    this.lineIsEmpty = false;
    return byte === digit('0') && this.second === digit('0');
  }

  /** Skips to the empty line that ends the head. */
  private skip(byte: number): void {
    if (byte === lineFeed) {
      if (this.lineIsEmpty) {
        this.mode = 'status';
        this.at = 0;
      }
      this.lineIsEmpty = true;
    } else if (byte !== carriageReturn) {
      this.lineIsEmpty = false;
    }
  }
}

/** A client of undici (`Pool.Options.factory`) that gives each request its `Line`. */
export function clientWithLine(origin: URL, options: object): Dispatcher {
  const given = options as Client.Options & { connect: buildConnector.connector };
  const line = new Line();
  const client = new Client(origin, {
    ...given,
    connect: (target, callback) =>
      given.connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
        if (error) return callback(error, null);
        line.opened(socket);
        callback(null, socket);
      }),
  });
  const dispatch = client.dispatch.bind(client);
  client.dispatch = (request, handler) => {
    if ('onLine' in handler) (handler as LineHandler).onLine(line);
    return dispatch(request, handler);
  };
  return client;
}
