import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { FailureCode } from '../../../contracts';

/** A receiver of `tests/fixtures/hell/receivers.mjs`, running. */
export interface HellReceiver {
  name: string;
  url: string;
  /** How its attempt must end; null for a success. */
  code: FailureCode | null;
  status: number | null;
  /** It asks for another time by this header. */
  retryAfter?: string;
  /** Its answer holds text that hurts a database. */
  text?: boolean;
  /** It answers with our own secret headers. */
  echo?: boolean;
}

const program = path.resolve(__dirname, '../../fixtures/hell/hell.mjs');

/** Starts all of them in a process of their own, so that what they do to ours can be measured. */
export async function startHell(): Promise<{ receivers: HellReceiver[]; stop: () => Promise<void> }> {
  const hell = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(hell.stdout), 'line')) as [string];
  return {
    receivers: JSON.parse(line) as HellReceiver[],
    async stop() {
      hell.stdin.end();
      if (hell.exitCode === null) await once(hell, 'exit');
    },
  };
}
