import { eventType } from './body.mjs';
import { atMost, quantile } from './figures.mjs';

/** J: saves on SQLite while deliveries are sent, against saves while nothing is. */
export async function writeDuringDrain({ app, receiver, url, size, writes, rounds, progress }) {
  const webhookIds = await app.ask(
    'webhooks',
    Array.from({ length: 10 }, (_, number) => ({ url: `${url}/hook-${number}`, events: [eventType] })),
  );
  const p95 = (times) => quantile(times, 0.95);
  const pauseMs = 5;
  const results = { idle: [], busy: [] };
  let lasted = 0;
  for (let round = 0; round < rounds; round += 1) {
    results.idle.push(p95(await app.ask('write', { count: writes, pauseMs })));
    await app.ask('fill', { count: size, webhookIds });
    await receiver.ask('forget');
    await app.ask('release');
    await receiver.ask('span', 1);
    const busy = await app.ask('write', { count: writes, pauseMs });
    // Saves after the last delivery would be idle ones.
    if ((await receiver.ask('receipts')).length >= size) lasted += 1;
    results.busy.push(p95(busy));
    await receiver.ask('span', size);
    await app.ask('settled');
    progress(`J ${round + 1}/${rounds}`, [
      `idle ${results.idle.at(-1).toFixed(1)} ms`,
      `while draining ${results.busy.at(-1).toFixed(1)} ms`,
    ]);
  }
  await app.ask('webhooks', []);
  return {
    J: {
      ...atMost({
        what: 'p95 of a save while SQLite drains, against idle',
        ours: results.busy,
        others: results.idle,
        times: 2,
        orMs: 15,
      }),
      roundsWhoseDrainEndedFirst: lasted,
    },
  };
}
