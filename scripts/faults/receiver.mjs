import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { endWithUs } from '../project/ending.mjs';

/** One in so many requests is refused, so that retries are part of every run. */
const refuseOneIn = 40;

/**
 * The receiver of the harness: it outlives every kill and remembers each request that arrived whole.
 *
 * @param {() => number} random
 * @returns {Promise<{ url: string, receipts: Receipt[], slowness: { ms: number }, stop: () => Promise<void> }>}
 *
 * @typedef {{ webhook: string, messageId: string, type: string, title: string, body: string, at: number,
 *   refused: boolean }} Receipt `at` is epoch milliseconds, `body` a digest
 */
export async function startReceiver(random) {
  const receipts = [];
  const slowness = { ms: 0 };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { type, data } = JSON.parse(body.toString('utf8'));
      const refused = random() * refuseOneIn < 1;
      receipts.push({
        webhook: request.url.slice(1),
        messageId: request.headers['webhook-id'],
        type,
        title: data.entry.title,
        body: createHash('sha256').update(body).digest('base64'),
        at: Date.now(),
        refused,
      });
      setTimeout(() => {
        response.writeHead(refused ? 500 : 200);
        response.end();
      }, random() * slowness.ms);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const stop = endWithUs({ end: async () => close(), endAtOnce: close });
  return { url: `http://127.0.0.1:${server.address().port}`, receipts, slowness, stop };
}
