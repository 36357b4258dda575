import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** The receiver sent more than a response can need. */
export class FloodedError extends Error {
  readonly code = 'FLOODED';

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes for one answer`);
    this.name = 'FloodedError';
  }
}

/**
 * A connector whose connections end when they receive more than `maxBytes` for one request. undici limits
 * headers and trailers, and the plugin the body; an endless reason phrase or chunk extension is not limited
 * otherwise, and cost a quarter of a core each (measured on loopback) until the time-out. With `servername`
 * that name is requested and its certificate checked for it, instead of the URL's host.
 */
export function limitedConnector(
  options: buildConnector.BuildOptions,
  maxBytes: number,
  servername?: string,
): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) => {
    connect(
      servername === undefined ? target : { ...target, servername },
      (...[error, socket]: buildConnector.CallbackArgs) => {
        if (error) return callback(error, null);
        // Not immediately: a first listener for `readable` would take the event that undici's parser waits
        // for.
        setImmediate(() => limit(socket, maxBytes));
        callback(null, socket);
      },
    );
  };
}

function limit(socket: Socket, maxBytes: number): void {
  let sent = socket.bytesWritten;
  let readBefore = socket.bytesRead;
  socket.on('readable', () => {
    if (socket.bytesWritten !== sent) {
      // Another request was sent meanwhile; its response has the whole allowance.
      sent = socket.bytesWritten;
      readBefore = socket.bytesRead;
    } else if (socket.bytesRead - readBefore > maxBytes) {
      socket.destroy(new FloodedError(maxBytes));
    }
  });
}
