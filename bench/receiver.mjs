import { createServer } from 'node:http';
import { answer, nowMs } from './process.mjs';

/**
 * The receiver of every measurement, a process of its own. It answers 200 at once; on a path that begins with
 * `/hang` never, with `/slow` after a second, with `/fail` 500. It notes when the complete body was there, but for those that hang
 * or are slow.
 */
const slowMs = 1000;
let receipts = [];
let awaited = null;

function received(request) {
  receipts.push({ id: request.headers['webhook-id'] ?? null, path: request.url, at: nowMs() });
  if (awaited && receipts.length >= awaited.count) awaited.resolve();
}

const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.once('end', () => {
    if (request.url.startsWith('/hang')) return;
    if (request.url.startsWith('/slow')) return void setTimeout(() => response.end('ok'), slowMs);
    received(request);
    if (request.url.startsWith('/fail')) response.statusCode = 500;
    response.end('ok');
  });
});

answer(
  {
    start: () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)),
    url: () => `http://127.0.0.1:${server.address().port}`,
    forget: () => void (receipts = []),
    receipts: () => receipts,
    /** How many came to paths that begin with this. */
    count: (prefix) => receipts.filter(({ path }) => path.startsWith(prefix)).length,
    /** Resolves when that many are there, with the time between the first and the last. */
    span: async (count) => {
      if (receipts.length < count) await new Promise((resolve) => (awaited = { count, resolve }));
      awaited = null;
      const times = receipts.map(({ at }) => at);
      return { count: receipts.length, ms: Math.max(...times) - Math.min(...times) };
    },
  },
  () => server.closeAllConnections(),
);
