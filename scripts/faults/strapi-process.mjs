import path from 'node:path';
import { start, top } from '../project/command.mjs';

const program = path.join(top, 'tests/faults/content-process.cjs');

/** Long, for a busy machine; a start takes two to four seconds on an idle one. */
const startsWithinMs = 120_000;
/** Nothing delivered for so long is a standstill; a busy machine is merely slow. */
const standstillMs = 120_000;
const stopsWithinMs = 30_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Twice the time-out of the webhooks below; after two minutes, as by default, a run would take hours. */
const shortLeaseSeconds = 16;

/** The playground's options. Where everything is slow a breaker would open, and this is about crashes. */
export const optionsWith = (leaseSeconds) => ({
  EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ delivery: { leaseSeconds, breakerFailures: 1000 } }),
});

/** The webhooks of each run: every change goes to both. Whole seconds, as a form would have them. */
export const webhooksAt = (url, names = ['one', 'two']) =>
  names.map((name) => ({
    name,
    url: `${url}/${name}`,
    timeoutSeconds: 8,
    retryScheduleSeconds: [1, 1, 1, 1, 1, 1],
  }));

let count = 0;

const forPeople = (output) => output.replace(/^@@ .*\n/gm, '');

/**
 * Starts a Strapi that writes content and delivers (see `tests/faults/content-process.cjs`).
 *
 * @param {{ env: Record<string, string>, faults: object }} options `env` names the database
 */
export function startStrapi({ env, faults }) {
  const name = `faults-${(count += 1)}`;
  const heard = { ready: false, status: null, writeFailures: 0 };
  let rest = '';
  const process_ = start(process.execPath, [program], {
    stdin: 'pipe',
    env: {
      SEED: 'off',
      CRON: 'false',
      STRAPI_TELEMETRY_DISABLED: 'true',
      FORCE_COLOR: '0',
      DATABASE_STACK_TRACES: 'true',
      // By it the server's ends of this process' connections are told from others'.
      PGAPPNAME: name,
      EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
      ...optionsWith(shortLeaseSeconds),
      ...env,
      FAULTS: JSON.stringify({ lanes: 4, seed: 1, webhooks: [], ...faults }),
    },
    onOutput: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) hear(line);
    },
  });
  let gone = false;
  void process_.ended.then(() => (gone = true));
  // Whoever is dead does not read: that is what this harness is about, and no error of its own.
  process_.child.stdin.on('error', () => undefined);

  function hear(line) {
    if (!line.startsWith('@@ ')) return;
    const message = JSON.parse(line.slice(3));
    if (message.ready) heard.ready = true;
    if (message.status) heard.status = message.status;
    if (message.writeFailed) heard.writeFailures += 1;
  }

  const failure = (what) => new Error(`${what}:\n${forPeople(process_.output()).slice(-3000)}`);

  const until = async (what, look, withinMs) => {
    const end = Date.now() + withinMs;
    while (!look()) {
      if (gone) throw failure(`Strapi ended by itself while it was waited for ${what}`);
      if (Date.now() > end) throw failure(`waited ${withinMs / 1000} s in vain for ${what}`);
      await pause(20);
    }
  };

  const tell = (word) => void process_.child.stdin.write(`${word}\n`);

  const self = {
    name,
    heard,
    ended: process_.ended,
    output: () => forPeople(process_.output()),
    isGone: () => gone,
    ready: () => until('the start', () => heard.ready, startsWithinMs),
    write: () => tell('write'),
    rest: () => tell('rest'),
    async status() {
      heard.status = null;
      tell('status');
      await until('its status', () => heard.status !== null, 30_000);
      return heard.status;
    },
    /** Until nobody writes, no event is unmatched and no delivery is open. */
    async drained() {
      let last = { left: Infinity, at: Date.now() };
      for (;;) {
        const status = await self.status();
        const left = status.busy + status.unmatched + status.open;
        if (left === 0) return;
        // Not a number: the database is away and says so.
        if (left < last.left) last = { left, at: Date.now() };
        if (Date.now() - last.at > standstillMs)
          throw failure(`it does not come to an end: ${JSON.stringify(status)}`);
        await pause(250);
      }
    },
    /** `kill -9`: nothing of it is done properly. */
    async kill() {
      process.kill(process_.child.pid, 'SIGKILL');
      await process_.ended;
    },
    /** As an orderly stop does; whoever does not end then is a failure. */
    async stop() {
      process.kill(process_.child.pid, 'SIGTERM');
      await Promise.race([process_.ended, pause(stopsWithinMs)]);
      if (!gone) throw failure(`it does not stop within ${stopsWithinMs / 1000} s`);
    },
    end: () => process_.stop('SIGKILL'),
  };
  return self;
}
