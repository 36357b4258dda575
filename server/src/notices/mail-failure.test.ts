import type { MailFailure } from '../../../contracts';
import en from '../../../admin/src/translations/en.json';
import uk from '../../../admin/src/translations/uk.json';
import { createMailFailure, sendTestEmail } from './mail-failure';
import type { Mail } from './notices';

describe('the last e-mail that could not be sent', () => {
  let stored: MailFailure | null;
  let writes: number;
  const start = () =>
    createMailFailure({
      read: async () => stored,
      write: async (failure) => {
        writes += 1;
        stored = failure;
      },
      now: () => 7,
    });
  beforeEach(() => {
    stored = null;
    writes = 0;
  });

  it('is remembered with its time and what the mail server said, until one is sent again', async () => {
    const failures = start();
    await failures.tried('535 authentication failed');
    expect(await failures.last()).toEqual({ at: 7, error: '535 authentication failed' });
    await failures.tried(null);
    expect(await failures.last()).toBeNull();
  });

  it('is taken back too where an earlier process left it', async () => {
    stored = { at: 1, error: 'refused' };
    await start().tried(null);
    expect(stored).toBeNull();
  });

  it('costs nothing while all goes well, and no more than it is worth where a server tells stories', async () => {
    const failures = start();
    for (let letter = 0; letter < 5; letter += 1) await failures.tried(null);
    expect(writes).toBe(1);
    await failures.tried('x'.repeat(10_000));
    expect((await failures.last())?.error).toHaveLength(500);
  });
});

describe('a test e-mail', () => {
  const texts = { en, uk } as const;

  it.each(['en', 'uk'] as const)('goes to whoever pressed, in their language: %s', async (language) => {
    const sent: Mail[] = [];
    const result = await sendTestEmail(
      { email: 'anna@example.com', language },
      async (mail) => void sent.push(mail),
      async (send) => {
        await send();
        return null;
      },
    );
    expect(result).toEqual({ to: 'anna@example.com', error: null });
    expect(sent).toEqual([
      {
        to: 'anna@example.com',
        subject: texts[language]['mail.test.subject'],
        text: `${texts[language]['mail.test.text']}\n`,
      },
    ]);
  });
});
