import { createMailbox } from './mailbox';

const never = () => new Promise<void>(() => undefined);
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('letters that nobody waits for', () => {
  const lines: string[] = [];
  const log = { warn: (line: string) => void lines.push(line) };
  const outcomes: (string | null)[] = [];
  const tried = async (error: string | null) => void outcomes.push(error);
  const start = (most = 10, timeoutMs = 5) => createMailbox({ log, most, timeoutMs, tried });
  beforeEach(() => {
    lines.length = 0;
    outcomes.length = 0;
  });

  it('say what became of each, so that a failure shows somewhere else than in the log', async () => {
    const mailbox = start(10, 1000);
    mailbox.post('one', () => Promise.reject(new Error('535 authentication failed')));
    mailbox.post('two', () => Promise.resolve());
    await mailbox.close(1000);
    expect(outcomes).toEqual(['535 authentication failed', null]);
  });

  it('one that somebody waits for answers with why it could not be sent', async () => {
    const mailbox = start();
    expect(await mailbox.sendNow(() => Promise.reject(new Error('no such mailbox')))).toBe('no such mailbox');
    expect(await mailbox.sendNow(never)).toBe('no answer of the mail server within 0.005 s');
    expect(await mailbox.sendNow(() => Promise.resolve())).toBeNull();
    expect(outcomes).toHaveLength(3);
  });

  it('go one at a time, in their order', async () => {
    const mailbox = start(10, 1000);
    const seen: string[] = [];
    for (const name of ['one', 'two', 'three'])
      mailbox.post(name, async () => {
        seen.push(`${name} begins`);
        await soon();
        seen.push(`${name} ends`);
      });
    await mailbox.close(1000);
    expect(seen).toEqual(['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(lines).toEqual([]);
  });

  it('a mail server that never answers is given up, and the next letter is sent', async () => {
    const mailbox = start();
    const sent: string[] = [];
    mailbox.post('about webhook "Shop"', never);
    mailbox.post('about webhook "Other"', async () => void sent.push('other'));
    await mailbox.close(1000);
    expect(sent).toEqual(['other']);
    expect(lines).toEqual([
      'event-webhooks: the e-mail about webhook "Shop" failed: no answer of the mail server within 0.005 s',
    ]);
  });

  it('one that throws at once, and one that rejects, cost the others nothing', async () => {
    const mailbox = start();
    const sent: string[] = [];
    mailbox.post('a', () => {
      throw new Error('no provider');
    });
    mailbox.post('b', () => Promise.reject(new Error('refused')));
    mailbox.post('c', async () => void sent.push('c'));
    await mailbox.close(1000);
    expect(sent).toEqual(['c']);
    expect(lines.map((line) => line.slice(27))).toEqual(['a failed: no provider', 'b failed: refused']);
  });

  it('where too many wait the next is dropped, which is logged', () => {
    const mailbox = start(2, 1000);
    for (const name of ['sent', 'waits', 'waits too', 'dropped']) mailbox.post(name, never);
    expect(lines).toEqual(['event-webhooks: the e-mail dropped was dropped: 2 others wait']);
  });

  it('a stop does not wait for ever, and says what was not sent', async () => {
    const mailbox = start(10, 60_000);
    mailbox.post('first', never);
    mailbox.post('second', never);
    await mailbox.close(10);
    mailbox.post('third', never);
    expect(lines.map((line) => line.slice(27))).toEqual([
      'first may not have been sent: this process is ending',
      'second was not sent: this process is ending',
      'third was not sent: this process is ending',
    ]);
  });

  it('after a rest it works again', async () => {
    const mailbox = start();
    let sent = 0;
    mailbox.post('one', async () => void (sent += 1));
    await soon();
    mailbox.post('two', async () => void (sent += 1));
    await mailbox.close(100);
    expect(sent).toBe(2);
  });
});
