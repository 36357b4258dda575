import { countAtMost, mostOfSave, quantile } from './figures.mjs';

/** A timer of 10 ms that fires so much later has found the event loop held. */
const longestGapMs = 50;

/**
 * M: a backlog is matched, with webhooks that want every event and are off (so that nothing is sent), while entries are
 * saved: the longest gap of the event loop, and the slow end of the saves.
 */
export async function matching({ apps, url, quick, progress }) {
  const webhooks = quick ? 100 : 300;
  const events = quick ? 300 : 1000;
  const figures = {};
  for (const [name, app] of Object.entries(apps)) {
    const alone = await app.ask('idleSaves', { ms: quick ? 5000 : 30_000 });
    const idle = quantile(alone.saves, 0.95);
    await app.ask('addOff', { count: webhooks, url: `${url}/off` });
    const { gapMs, tookMs, saves } = await app.ask('matchBacklog', { count: events });
    const p95 = quantile(saves, 0.95);
    progress(`M ${name}`, [
      `${events * webhooks} rows in ${(tookMs / 1000).toFixed(1)} s`,
      `longest gap ${gapMs.toFixed(0)} ms, idle ${alone.gapMs.toFixed(0)} ms`,
      `p95 of ${saves.length} saves ${p95.toFixed(1)} ms, idle ${idle.toFixed(1)} ms`,
    ]);
    await app.ask('webhooks', []);
    figures[`${name}Gap`] = countAtMost({
      what: `the longest gap of the event loop while ${events} events are matched for ${webhooks} webhooks, ${name} (idle ${alone.gapMs.toFixed(0)} ms)`,
      ours: [gapMs],
      most: longestGapMs,
      unit: 'ms',
    });
    figures[`${name}Save`] = countAtMost({
      what: `p95 of a save meanwhile, ${name} (idle ${idle.toFixed(1)} ms)`,
      ours: [p95],
      most: mostOfSave(idle),
      unit: 'ms',
    });
  }
  return { M: figures };
}
