import { spawn } from 'node:child_process';
import path from 'node:path';

const top = path.resolve(__dirname, '../../..');

export interface StrapiProcess {
  /** Resolves with the match when the process has said it; rejects when it ends before. */
  says(words: RegExp): Promise<RegExpExecArray>;
  output(): string;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<{ code: number | null; signal: string | null }>;
}

/** Runs a script of this repository in the playground, as a process of its own. */
export function startProcess(script: string, args: string[], env: Record<string, string>): StrapiProcess {
  const child = spawn(process.execPath, [path.join(top, script), ...args], {
    cwd: path.join(top, 'playground'),
    env: {
      ...process.env,
      SEED: 'off',
      CRON: 'false',
      STRAPI_TELEMETRY_DISABLED: 'true',
      EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
      // A playground in the tests' own process may have left another value.
      DELIVERY: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  return {
    output: () => output,
    kill: (signal) => void child.kill(signal),
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = words.exec(output);
          if (found) resolve(found);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('close', () => reject(new Error(`ended before it said ${words}: ${output}`)));
        look();
      }),
  };
}

/** Says `listening` when it serves. */
export const startServing = (env: Record<string, string>): StrapiProcess =>
  startProcess('tests/faults/serving-process.cjs', [], env);

/** `npx event-webhooks …` in the playground. */
export const startCommand = (args: string[], env: Record<string, string>): StrapiProcess =>
  startProcess('bin/event-webhooks.mjs', args, env);
