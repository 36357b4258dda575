import type { MailFailure, TestEmailResult } from '../../../contracts';
import type { Mail } from './notices';
import { languageOf, say } from '../wording';

export interface MailFailureDeps {
  read(): Promise<MailFailure | null>;
  write(failure: MailFailure | null): Promise<void>;
  now(): number;
}

/** A mail server may answer at any length. */
const errorLength = 500;

/**
 * The last e-mail that could not be sent, until one is sent again: an alert that nobody gets must show somewhere else
 * than in the log. In the database, since the process that sends may be another one than the one that is asked.
 */
export function createMailFailure({ read, write, now }: MailFailureDeps) {
  /** Undefined until this process has tried: what an earlier one left must be taken back too. */
  let known: MailFailure | null | undefined;

  return {
    last: read,

    /** @param error why a letter could not be sent; null where it was taken */
    async tried(error: string | null): Promise<void> {
      if (error === null && known === null) return;
      known = error === null ? null : { at: now(), error: error.slice(0, errorLength) };
      await write(known);
    },
  };
}

export type MailFailures = ReturnType<typeof createMailFailure>;

/** *Send a test e-mail*: to whoever presses, in their language. Never rejects for what the mail server says. */
export async function sendTestEmail(
  to: { email: string; language: string | null },
  sendMail: (mail: Mail) => Promise<void>,
  sendNow: (send: () => Promise<void>) => Promise<string | null>,
): Promise<TestEmailResult> {
  const language = languageOf(to.language);
  const words = (id: string): string => say(language, id, {}) ?? '';
  const mail = { to: to.email, subject: words('mail.test.subject'), text: `${words('mail.test.text')}\n` };
  return { to: to.email, error: await sendNow(() => sendMail(mail)) };
}
