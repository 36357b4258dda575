import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGood, reckon } from './reckoning.mjs';

/** One entry, created, updated and published; each change has its event, and both webhooks have it once. */
function calmRun() {
  const articles = [
    { title: 'faults 1/1 v2', published_at: null },
    { title: 'faults 1/1 v2', published_at: 1 },
  ];
  const changes = [
    ['created', 1],
    ['updated', 2],
    ['published', 2],
  ];
  const events = changes.map(([action, version], index) => ({
    message_id: `msg_${index}`,
    type: `article.${action}`,
    body: JSON.stringify({ data: { entry: { title: `faults 1/1 v${version}` } } }),
    match_error: null,
  }));
  const webhooks = ['one', 'two'];
  const pairs = events.flatMap(({ message_id: id }) => webhooks.map((webhook) => [id, webhook]));
  return {
    articles,
    events,
    webhooks,
    deliveries: pairs.map(([id, webhook]) => ({ message_id: id, webhook, state: 'succeeded' })),
    receipts: pairs.map(([messageId, webhook]) => ({
      messageId,
      webhook,
      body: 'b',
      at: 100,
      refused: false,
    })),
    kills: [],
  };
}

test('a run in which everything arrived once is good', () => {
  const figures = reckon(calmRun());
  assert.equal(figures.changes, 3);
  assert.ok(isGood(figures), figures.examples.join('\n'));
});

test('a committed change without its event is lost, for each webhook', () => {
  const run = calmRun();
  run.events.pop();
  run.receipts = run.receipts.filter(({ messageId }) => messageId !== 'msg_2');
  assert.equal(reckon(run).lost, 2);
  assert.ok(!isGood(reckon(run)));
});

test('an event that never arrived is lost; refused is not arrived', () => {
  const run = calmRun();
  run.receipts.pop();
  run.receipts[0].refused = true;
  assert.equal(reckon(run).lost, 2);
});

test('an event without a committed change is a ghost, stored or received', () => {
  const rolledBack = calmRun();
  rolledBack.articles = [{ title: 'faults 1/1 v1', published_at: null }];
  assert.equal(reckon(rolledBack).ghosts, 2);

  const unknown = calmRun();
  unknown.receipts.push({ messageId: 'msg_9', webhook: 'one', body: 'b', at: 100, refused: false });
  assert.equal(reckon(unknown).ghosts, 1);
  assert.ok(!isGood(reckon(unknown)));
});

test('two events for one change are a ghost: they have two ids', () => {
  const run = calmRun();
  run.events.push({ ...run.events[0], message_id: 'msg_again' });
  assert.equal(reckon(run).ghosts, 1);
});

test('a deleted entry must have been told of, and no other one', () => {
  const run = calmRun();
  run.articles = [{ title: 'faults 1/4 v1', published_at: null }];
  assert.throws(() => reckon(run), /entry 1\/1 is gone/);
});

test('twice is explained only by a kill in between that had it in flight', () => {
  const again = (kills) => {
    const run = calmRun();
    run.receipts.push({ messageId: 'msg_0', webhook: 'one', body: 'b', at: 300, refused: false });
    return reckon({ ...run, kills });
  };
  const inFlight = new Set(['msg_0|one']);
  assert.equal(again([{ inFlight, readAt: 200 }]).duplicates, 1);
  assert.ok(isGood(again([{ inFlight, readAt: 200 }])));
  for (const kills of [
    [],
    [{ inFlight: new Set(['msg_0|two']), readAt: 200 }],
    [{ inFlight, readAt: 50 }],
    [{ inFlight, readAt: 400 }],
  ]) {
    assert.equal(again(kills).duplicatesUnexplained, 1);
    assert.ok(!isGood(again(kills)));
  }
});

test('twice with other bytes is a fault even then', () => {
  const run = calmRun();
  run.receipts.push({ messageId: 'msg_0', webhook: 'one', body: 'c', at: 300, refused: false });
  run.kills.push({ inFlight: new Set(['msg_0|one']), readAt: 200 });
  assert.ok(!isGood(reckon(run)));
});
