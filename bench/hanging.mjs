import { eventType } from './body.mjs';
import { atMost } from './figures.mjs';
import { latency } from './latency.mjs';

const perSecond = 50;
const healthy = 9;
const timeoutSeconds = 2;

/** B: of ten webhooks one hangs until its time-out. The other nine: from the commit to the receipt. */
export async function hanging({ app, receiver, url, seconds, rounds, progress }) {
  const hooks = Array.from({ length: healthy }, (_, number) => ({
    url: `${url}/hook-${number}`,
    events: [eventType],
  }));
  const hangs = { url: `${url}/hang`, events: [eventType], timeoutSeconds };

  const round = async (withHanging) => {
    await app.ask('webhooks', withHanging ? [hangs, ...hooks] : hooks);
    return latency({ app, receiver, perSecond, seconds, copies: healthy });
  };

  const results = { with: [], without: [] };
  for (let number = 0; number < rounds; number += 1) {
    results.without.push(await round(false));
    results.with.push(await round(true));
    progress(
      `B ${number + 1}/${rounds}`,
      ['without', 'with'].map((name) => `${name} a hanging one ${results[name].at(-1).toFixed(1)} ms`),
    );
  }
  return {
    B: atMost({
      what: 'p95 from commit to receipt beside a hanging webhook, against without it',
      ours: results.with,
      others: results.without,
      times: 1.2,
      orMs: 10,
    }),
  };
}
