import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';

const runner = path.resolve(__dirname, '../faults/matcher-process.cjs');
const eventCount = 5000;

/**
 * Two matchers, each a process with a Strapi of its own, over the same 5,000 events; one is killed with -9 in the
 * middle. Each event must end with one delivery for each webhook that wants it.
 */
describe('matching is exactly once (guarantee 9)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-matching-'));
  const file = path.join(folder, 'data.db');

  const start = (mode: string) => {
    const child = spawn(process.execPath, [runner, mode, String(eventCount)], {
      env: {
        ...process.env,
        SEED: 'off',
        CRON: 'false',
        DATABASE_CLIENT: 'sqlite',
        DATABASE_FILENAME: file,
        STRAPI_TELEMETRY_DISABLED: 'true',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) =>
      child.on('close', (code, signal) => resolve({ code, signal, output })),
    );
    const says = (word: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = word.exec(output);
          if (found) resolve(found);
        };
        child.stdout.on('data', look);
        child.on('close', () => reject(new Error(`ended before it said ${word}: ${output}`)));
        look();
      });
    const go = async () => {
      await says(/ready/);
      child.stdin.write('go\n');
    };
    return { child, ended, says, go };
  };

  const read = () => {
    const database = new Database(file, { readonly: true });
    const row = database
      .prepare(
        `select count(*) as deliveries, count(distinct event_id || '/' || webhook_id) as pairs from event_webhooks_deliveries`,
      )
      .get() as { deliveries: number; pairs: number };
    const { open } = database
      .prepare('select count(*) as open from event_webhooks_events where matched_at is null')
      .get() as { open: number };
    database.close();
    return { ...row, open };
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('two matchers, a kill -9 in the middle: one delivery each', async () => {
    const filled = await start('fill').ended;
    expect(filled).toMatchObject({ code: 0 });
    expect(read()).toMatchObject({ deliveries: 0, open: eventCount });

    const matchers = [start('match'), start('match')];
    await Promise.all(matchers.map(({ says }) => says(/ready/)));
    await Promise.all(matchers.map(({ go }) => go()));
    // Whichever is in the middle of it first is killed; on a busy machine the other may not have begun.
    const victim = await Promise.any(matchers.map((one) => one.says(/(matched\s+){3}/).then(() => one)));
    const survivor = matchers.find((one) => one !== victim);
    victim.child.kill('SIGKILL');
    const killed = await victim.ended;
    expect(killed.signal).toBe('SIGKILL');
    // It was killed in the middle, not when all was done.
    expect(killed.output.match(/matched/g)?.length).toBeLessThan(eventCount / 64 / 2);
    expect(await survivor?.ended).toMatchObject({ code: 0 });

    // Two webhooks want every event.
    expect(read()).toEqual({ deliveries: eventCount * 2, pairs: eventCount * 2, open: 0 });
  }, 120_000);
});
