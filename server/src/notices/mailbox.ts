import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../reason';

export interface MailboxDeps {
  log: { warn(message: string): void };
  /** Maximum number of waiting e-mails; further ones are dropped. */
  most: number;
  /** Time-out for a mail server. */
  timeoutMs: number;
  /** What became of a letter that was tried: null, or why it could not be sent. */
  tried(error: string | null): Promise<void>;
}

/**
 * Letters that are to be sent when nobody waits for them: one after the other, so many and no more, and each with a
 * time-out. Whoever posts one goes on at once: a mail server that hangs holds neither a delivery nor the start. What is
 * not sent is logged and told to `tried`, and not tried again: the news stands in the webhook's row, on its page and in the log as well.
 */
export function createMailbox({ log, most, timeoutMs, tried }: MailboxDeps) {
  const waiting: { about: string; send: () => Promise<void> }[] = [];
  let working: Promise<void> | null = null;
  let current: string | null = null;
  let closed = false;

  const lost = (about: string, why: string): void => log.warn(`event-webhooks: the e-mail ${about} ${why}`);

  const inTime = async (send: () => Promise<void>): Promise<void> => {
    const over = new AbortController();
    try {
      await Promise.race([
        send(),
        pause(timeoutMs, undefined, { ref: false, signal: over.signal }).then(() => {
          throw new Error(`no answer of the mail server within ${timeoutMs / 1000} s`);
        }),
      ]);
    } finally {
      over.abort();
    }
  };

  /** Never rejects. @returns why it could not be sent, or null */
  const attempt = async (send: () => Promise<void>): Promise<string | null> => {
    const reason = await inTime(send).then(
      () => null,
      (thrown: unknown) => reasonOf(thrown),
    );
    // That it cannot be remembered costs nobody a letter.
    await tried(reason).catch((thrown: unknown) =>
      log.warn(`event-webhooks: what became of an e-mail could not be remembered: ${reasonOf(thrown)}`),
    );
    return reason;
  };

  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { about, send } = next;
      current = about;
      const reason = await attempt(send);
      if (reason !== null) lost(about, `failed: ${reason}`);
    }
    current = null;
    working = null;
  };

  return {
    /** For whoever waits for it. Never rejects. @returns why it could not be sent, or null */
    sendNow: attempt,

    /** `about` is for the log: what is lost if this e-mail is. Never throws. */
    post(about: string, send: () => Promise<void>): void {
      if (closed) lost(about, 'was not sent: this process is ending');
      else if (waiting.length >= most) lost(about, `was dropped: ${most} others wait`);
      else {
        waiting.push({ about, send });
        working ??= work();
      }
    },

    /** Accepts no more, awaits the existing ones for up to `graceMs`, and logs the rest. */
    async close(graceMs: number): Promise<void> {
      closed = true;
      if (working) await Promise.race([working, pause(graceMs, undefined, { ref: false })]);
      if (current !== null) lost(current, 'may not have been sent: this process is ending');
      for (const { about } of waiting.splice(0)) lost(about, 'was not sent: this process is ending');
    },
  };
}

export type Mailbox = ReturnType<typeof createMailbox>;
