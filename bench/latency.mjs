import { quantile } from './figures.mjs';

/**
 * Emits events at a steady rate and waits until each has come `copies` times; then nothing waits, and no webhook is left.
 * @returns {Promise<number>} milliseconds from the commit to the receipt, the 95th of a hundred
 */
export async function latency({ app, receiver, perSecond, seconds, copies = 1 }) {
  await receiver.ask('forget');
  const count = perSecond * seconds;
  const committed = await app.ask('emit', { perSecond, count });
  await receiver.ask('span', count * copies);
  const receipts = await receiver.ask('receipts');
  await app.ask('cancelAll');
  await app.ask('webhooks', []);
  return quantile(
    receipts.map(({ id, at }) => at - committed[id]),
    0.95,
  );
}
