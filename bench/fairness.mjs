import { eventType } from './body.mjs';
import { atMost } from './figures.mjs';
import { latency } from './latency.mjs';

const slowOnes = 60;
const waitingEach = 200;
const perSecond = 20;

/**
 * F: sixty webhooks answer after a second and have 200 deliveries waiting each; one more answers at once. Its own: from
 * the commit to the receipt, alone and beside them, created before them and after.
 */
export async function fairness({ app, receiver, url, seconds, rounds, progress }) {
  const prompt = { url: `${url}/prompt`, events: [eventType] };
  // Of what is filled in they have enough; of what is emitted they want nothing.
  const slow = Array.from({ length: slowOnes }, (_, number) => ({
    url: `${url}/slow-${number}`,
    events: ['article.deleted'],
  }));
  const beside = { before: [prompt, ...slow], after: [...slow, prompt] };

  const round = async (list) => {
    const ids = await app.ask('webhooks', list);
    const slowIds = ids.filter((_, index) => list[index] !== prompt);
    await app.ask('fill', { count: waitingEach * slowIds.length, webhookIds: slowIds });
    await app.ask('release');
    // Until it is known who is slow.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return latency({ app, receiver, perSecond, seconds });
  };

  const results = { alone: [], before: [], after: [] };
  for (let number = 0; number < rounds; number += 1) {
    results.alone.push(await round([prompt]));
    for (const name of ['before', 'after']) results[name].push(await round(beside[name]));
    progress(
      `F ${number + 1}/${rounds}`,
      Object.entries(results).map(([name, all]) => `${name} ${all.at(-1).toFixed(1)} ms`),
    );
  }
  const against = (where) =>
    atMost({
      what: `p95 from commit to receipt beside ${slowOnes} slow webhooks created ${where}, against alone`,
      ours: results[where === 'after it' ? 'before' : 'after'],
      others: results.alone,
      times: 2,
      orMs: 10,
    });
  return { F: { before: against('after it'), after: against('before it') } };
}
