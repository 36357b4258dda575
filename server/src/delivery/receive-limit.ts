import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** The receiver sent more than any answer to one request may need. */
export class FloodedError extends Error {
  readonly code = 'FLOODED';

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes for one answer`);
    this.name = 'FloodedError';
  }
}

/**
 * A connector whose connections end when they bring more than `maxBytes` for one request. undici bounds headers and
 * trailers, and we the body; a reason phrase or a chunk extension without end is bounded by nobody, and cost a quarter
 * of a core each (measured on loopback) until the time-out.
 */
export function limitedConnector(
  options: buildConnector.BuildOptions,
  maxBytes: number,
): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) => {
    connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
      if (error) return callback(error, null);
      // Not at once: a first listener for `readable` would take the event that undici's parser waits for.
      setImmediate(() => limit(socket, maxBytes));
      callback(null, socket);
    });
  };
}

function limit(socket: Socket, maxBytes: number): void {
  let sent = socket.bytesWritten;
  let readBefore = socket.bytesRead;
  socket.on('readable', () => {
    if (socket.bytesWritten !== sent) {
      // Another request went out meanwhile; its answer has the whole allowance.
      sent = socket.bytesWritten;
      readBefore = socket.bytesRead;
    } else if (socket.bytesRead - readBefore > maxBytes) {
      socket.destroy(new FloodedError(maxBytes));
    }
  });
}
