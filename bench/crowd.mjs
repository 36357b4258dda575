import { performance } from 'node:perf_hooks';
import { crowdType } from './body.mjs';
import { atMost, countAtMost, mostOfSave, quantile } from './figures.mjs';

/** Three hundred webhooks in thirty groups of ten; every third is slow, fails or hangs. */
const groups = 30;
const groupSize = 10;
const troubled = ['slow', 'fail', 'hang'];
const timeoutSeconds = 5;
const stream = { perSecond: 100, count: 1000 };
const burst = 200;
const pauseMs = 100;
const askEveryMs = 50;
/** What is not there by then is late, and stands in the figures with this time. */
const lateAfterMs = 60_000;

const p95 = (values) => quantile(values, 0.95);

/** The webhooks; `without` leaves out those that are in trouble, and keeps the healthy ones as they are. */
function crowd(url, events, without) {
  const all = Array.from({ length: groups * groupSize }, (_, number) => {
    const place = Math.floor(number / groups) % 3;
    const kind = place === 0 ? troubled[number % troubled.length] : 'ok';
    return { kind, url: `${url}/${kind}-${number}`, events: events(number % groups), timeoutSeconds };
  });
  return without ? all.filter(({ kind }) => kind === 'ok') : all;
}

/** Asks Strapi whether it is well, again and again. @returns ends it, with the milliseconds of each answer */
function watchHealth(url) {
  const times = [];
  let ended = false;
  const asking = (async () => {
    while (!ended) {
      const began = performance.now();
      await fetch(`${url}/_health`);
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
  })();
  return async () => {
    ended = true;
    await asking;
    return times;
  };
}

/**
 * K: many webhooks, a third of them slow, failing or hanging. A stream of 1,000 events in 10 s of which each is wanted by
 * ten, and a burst of 200 events that all want: what editors, the health check and the healthy webhooks feel.
 */
export async function crowdOf({ app, receiver, url, progress }) {
  const own = await app.ask('address');

  /** What is felt while `work` runs and until every healthy webhook has had all of it. */
  const round = async ({ hooks, emit, expected, healthy }) => {
    await app.ask('webhooks', hooks);
    await receiver.ask('forget');
    const endHealth = watchHealth(own);
    await app.ask('beginWriting', { pauseMs });
    const committed = await app.ask('emit', emit);
    const began = performance.now();
    do await new Promise((resolve) => setTimeout(resolve, 250));
    while ((await receiver.ask('count', '/ok-')) < expected && performance.now() - began < lateAfterMs);
    const saves = await app.ask('endWriting');
    const health = await endHealth();
    // Handing them all over keeps this process busy, which asks for health: only now.
    const receipts = (await receiver.ask('receipts')).filter(({ path }) => path.startsWith('/ok-'));
    const falseTimeouts = await app.ask('failedAttempts', '/ok-');
    await app.ask('cancelAll');
    await app.ask('webhooks', []);
    const waits = receipts.map(({ id, at }) => at - committed[id]);
    const missing = Math.max(0, expected - receipts.length);
    const seen = new Set(receipts.map(({ id, path }) => `${id} ${path}`));
    return {
      delivery: p95([...waits, ...Array.from({ length: missing }, () => lateAfterMs)]),
      save: p95(saves),
      longestSave: Math.max(...saves),
      health: p95(health),
      longestHealth: Math.max(...health),
      falseTimeouts,
      duplicates: receipts.length - seen.size,
      missing,
      healthy,
    };
  };

  const ofGroup = (group) => [crowdType(group)];
  const ofAll = () => ['bench.*'];
  const streamOf = async (without) => {
    const hooks = crowd(url, ofGroup, without);
    const healthy = hooks.filter(({ kind }) => kind === 'ok');
    const perEvent = healthy.length / groups;
    return round({
      hooks,
      emit: { ...stream, types: groups },
      expected: Math.round(stream.count * perEvent),
      healthy: healthy.length,
    });
  };
  const burstOf = async (without) => {
    const hooks = crowd(url, ofAll, without);
    const healthy = hooks.filter(({ kind }) => kind === 'ok').length;
    return round({
      hooks,
      emit: { perSecond: 1e6, count: burst, types: groups },
      expected: burst * healthy,
      healthy,
    });
  };

  await app.ask('declareCrowd', groups);
  await app.ask('write', { count: 20 });
  const idle = p95(await app.ask('write', { count: 60, pauseMs }));
  const results = {
    stream: { alone: await streamOf(true), beside: await streamOf(false) },
    burst: { alone: await burstOf(true), beside: await burstOf(false) },
  };
  for (const [name, { alone, beside }] of Object.entries(results))
    progress(`K ${name}`, [
      `save ${beside.save.toFixed(0)} ms (longest ${beside.longestSave.toFixed(0)}), alone ${alone.save.toFixed(0)} ms, idle ${idle.toFixed(0)} ms`,
      `/_health ${beside.health.toFixed(0)} ms (longest ${beside.longestHealth.toFixed(0)}), alone ${alone.health.toFixed(0)} ms`,
      `healthy delivery ${beside.delivery.toFixed(0)} ms, alone ${alone.delivery.toFixed(0)} ms`,
      `missing ${beside.missing}`,
    ]);
  return Object.fromEntries(
    Object.entries(results).flatMap(([name, { alone, beside }]) => [
      [
        `${name}.save`,
        countAtMost({
          what: `p95 of a save (${name}, idle ${idle.toFixed(1)} ms, without the others ${alone.save.toFixed(1)} ms)`,
          ours: [beside.save],
          most: mostOfSave(idle),
          unit: 'ms',
        }),
      ],
      [
        `${name}.health`,
        countAtMost({ what: `p95 of /_health (${name})`, ours: [beside.health], most: 100, unit: 'ms' }),
      ],
      [
        `${name}.delivery`,
        atMost({
          what: `p95 of a healthy webhook's delivery (${name}), against without the others`,
          ours: [beside.delivery],
          others: [alone.delivery],
          times: 2,
          orMs: 0,
        }),
      ],
      [
        `${name}.falseTimeouts`,
        countAtMost({
          what: `failed attempts at healthy webhooks (${name})`,
          ours: [beside.falseTimeouts],
          most: 0,
          unit: '',
        }),
      ],
      [
        `${name}.duplicates`,
        countAtMost({ what: `received twice (${name})`, ours: [beside.duplicates], most: 0, unit: '' }),
      ],
    ]),
  );
}
