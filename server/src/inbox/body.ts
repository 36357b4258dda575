import type { IncomingMessage } from 'node:http';
import type { Room } from './room';

export type ReceivedBody =
  /** `free()` releases its space: to be called as soon as the body is stored. */
  | { outcome: 'whole'; body: Buffer; free: () => void }
  /** `bytes`: as announced, or as far as it was read. */
  | { outcome: 'too_large'; bytes: number }
  /** More than the inbox accepts in a minute; `seconds` until it accepts the next. */
  | { outcome: 'too_often'; seconds: number }
  /** Too many bodies are being received at the same time. */
  | { outcome: 'no_room' }
  | { outcome: 'too_slow' }
  | { outcome: 'hung_up' };

export interface BodyLimits {
  bodyBytes: number;
  timeoutMs: number;
  room: Room;
  /** Takes this many bytes of the minute's quota; else returns the seconds until there are more. */
  ofMinute(bytes: number): Promise<number | null>;
}

/**
 * How long a sender can finish after a refusal. If cut off at once, it would see a connection reset and not
 * the response.
 */
const lingerMs = 1000;

/**
 * Reads the exact bytes of a request, undecoded. Stops at the first limit that is reached, or before the
 * first byte if the announced length exceeds one; the bytes read so far are dropped then. Never rejects.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<ReceivedBody> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limits.bodyBytes) return Promise.resolve({ outcome: 'too_large', bytes: announced });
  if (request.destroyed) return Promise.resolve({ outcome: 'hung_up' });

  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    let held = 0;
    let isSettled = false;
    const free = () => {
      limits.room.give(held);
      held = 0;
    };
    const settle = (received: ReceivedBody) => {
      isSettled = true;
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      if (received.outcome !== 'whole') {
        chunks = [];
        free();
      }
      resolve(received);
    };
    const stop = (received: ReceivedBody) => {
      request.pause();
      settle(received);
    };
    const timer = setTimeout(() => stop({ outcome: 'too_slow' }), limits.timeoutMs);
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.bodyBytes) return stop({ outcome: 'too_large', bytes });
      if (!limits.room.take(chunk.length)) return stop({ outcome: 'no_room' });
      held += chunk.length;
      chunks.push(chunk);
      // Neither the next part nor the end comes before it is known whether this one may pass.
      request.pause();
      void limits.ofMinute(chunk.length).then((seconds) => {
        if (isSettled) return;
        if (seconds === null) request.resume();
        else stop({ outcome: 'too_often', seconds });
      });
    };
    const onEnd = () => settle({ outcome: 'whole', body: Buffer.concat(chunks, bytes), free });
    const onGone = () => settle({ outcome: 'hung_up' });
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}

/** Discards further data of a sender, for a second at most; then the connection is closed. */
export function discardRest(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, lingerMs);
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
