import type { IncomingMessage } from 'node:http';

export type ReceivedBody =
  | { outcome: 'whole'; body: Buffer }
  /** `bytes`: as announced, or as far as it was read. */
  | { outcome: 'too_large'; bytes: number }
  | { outcome: 'hung_up' };

/** How long a sender is let finish after a 413. Cut off at once, it would see a reset and not the answer. */
const lingerMs = 1000;

/**
 * Reads the exact bytes of a request, undecoded. Stops at the limit, or before the first byte where the
 * announced length is beyond it; never rejects.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<ReceivedBody> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limitBytes) return Promise.resolve({ outcome: 'too_large', bytes: announced });
  if (request.destroyed) return Promise.resolve({ outcome: 'hung_up' });

  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (received: ReceivedBody) => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      resolve(received);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        request.pause();
        settle({ outcome: 'too_large', bytes });
        return;
      }
      chunks.push(chunk);
    };
    const onEnd = () => settle({ outcome: 'whole', body: Buffer.concat(chunks, bytes) });
    const onGone = () => settle({ outcome: 'hung_up' });
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}

/** Drops what a sender still sends, for a second at most; then the connection is cut. */
export function discardRest(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, lingerMs);
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
