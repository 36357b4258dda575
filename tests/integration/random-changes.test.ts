import { isDeepStrictEqual } from 'node:util';
import { databases } from './harness/databases';
import { startForeignApp } from './harness/foreign-app';
import { addWebhook } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';
import { round } from './random-changes/changes';
import type { AtOnce, Change } from './random-changes/changes';
import { versionKey } from './random-changes/content';
import type { Content } from './random-changes/content';
import { createDice } from './random-changes/dice';
import { expectedEvents, inTurn } from './random-changes/expected';
import type { ExpectedEvent, Touch } from './random-changes/expected';
import { createMagazine, fill } from './random-changes/magazine';
import type { Magazine } from './random-changes/magazine';
import { faults, toldEvent } from './random-changes/told';
import type { ToldEvent } from './random-changes/told';

/** A run is repeated by its seed, and made longer by more rounds. */
const seed = Number(process.env.RANDOM_CHANGES_SEED ?? Date.now() % 1_000_000);
const rounds = Number(process.env.RANDOM_CHANGES_ROUNDS ?? 1);

describe('what events tell of a change is what the content API told before and after it', () => {
  describe.each(databases)('$client', (database) => {
    it(
      `random changes, seed ${seed}`,
      async () => {
        const receiver = await new Receiver().start();
        const playground = await startForeignApp({ database });
        try {
          const magazine = createMagazine(playground, createDice(seed));
          await fill(magazine);
          await addWebhook(playground, {
            url: receiver.url(),
            events: ['article.*', 'author.*', 'tag.*', 'page.*', 'order.*', 'review.*'],
          });
          const wrong = await makeRounds(playground, magazine);
          expect(wrong.join('\n\n')).toBe('');
        } finally {
          await playground.stop();
          await receiver.stop();
        }
      },
      60_000 + 60_000 * rounds,
    );
  });
});

/** @returns what was wrong, with the change that it was wrong about. */
async function makeRounds(playground: Playground, magazine: Magazine): Promise<string[]> {
  const wrong: string[] = [];
  let last = 0;
  for (let count = 0; count < rounds; count += 1) {
    for (const kind of round(magazine)) {
      const change = kind(magazine);
      if (!change) continue;
      const { problems, events } = await makeOne(playground, magazine, change, last);
      last = Math.max(last, ...events.map(({ id }) => id));
      if (problems.length > 0) wrong.push([`seed ${seed}: ${change.tells}`, ...problems].join('\n    '));
    }
  }
  return wrong;
}

/** Makes the change and holds its events against the content before and after. */
async function makeOne(
  playground: Playground,
  magazine: Magazine,
  change: Change,
  last: number,
): Promise<{ problems: string[]; events: ToldEvent[] }> {
  const before = magazine.content;
  const early = await eventsAfter(playground, last);
  const made = await change.make().catch((error: unknown) => {
    throw new Error(`seed ${seed}: not made: ${change.tells}`, { cause: error });
  });
  magazine.content = await magazine.reader.read();
  const events = await eventsAfter(playground, last);
  const problems = possible(magazine, before, made)
    .map((wanted) => faults(magazine.reader, events.slice(early.length), wanted))
    .sort((a, b) => a.length - b.length);
  return {
    events,
    problems: [
      ...early.map((one) => `${one.type} came only after the change was held to be over`),
      ...(problems[0] ?? []),
    ],
  };
}

/** The events that may be: one list, or one for each order in which changes at once may have been made. */
function possible(
  { reader, content }: Magazine,
  before: Content,
  made: readonly Touch[] | AtOnce,
): ExpectedEvent[][] {
  if (!('atOnce' in made)) return [expectedEvents(reader, before, content, made)];
  const orders = [made.atOnce, [...made.atOnce].reverse()].map((order) => inTurn(reader, before, order));
  const fitting = orders.filter(({ end }) =>
    end.every((version) => isDeepStrictEqual(content.get(versionKey(version))?.told, version.told)),
  );
  if (fitting.length === 0) throw new Error('no order of the two changes explains the content');
  return fitting.map(({ events }) => events);
}

/** What has been written after this event, once all of it is whole. */
async function eventsAfter({ rows }: Playground, last: number): Promise<ToldEvent[]> {
  const written = await until('events that are matched', async () => {
    const all = (await rows('event_webhooks_events')).filter(({ id }) => Number(id) > last);
    return all.every(({ matched_at }) => matched_at !== null) ? all : null;
  });
  return written.map(toldEvent);
}
