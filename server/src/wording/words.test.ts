import en from '../../../admin/src/translations/en.json';
import { operationalTypes } from '../catalog/operational-events';
import type { OperationalNews } from '../catalog/operational-events';
import { failureCodes } from '../../../contracts';
import type { WebhookRow } from '../store';
import { explanationOf } from './explanation';
import { createNotices } from '../notices/notices';
import type { Mail, NoticesDeps } from '../notices/notices';
import { languages, say } from './words';

const now = Date.UTC(2026, 10, 20, 9);

/** The e-mails that an owner who reads this language is sent for a piece of news. */
async function mailsOf(
  news: OperationalNews,
  reason: string | null,
  language: string,
  loop: WebhookRow['loop'] = null,
): Promise<Mail[]> {
  const mails: Mail[] = [];
  const sends: Promise<void>[] = [];
  const webhook = {
    id: 7,
    name: 'CRM',
    url: 'https://crm.example.com/hook',
    ownerId: 1,
    failingSince: now - 3_600_000,
    disabledReason: null,
    loop,
  } as WebhookRow;
  const deps: Partial<NoticesDeps> = {
    find: async () => webhook,
    owner: async () => ({ email: 'anna@example.com', language }),
    lastFailure: async () => ({
      code: 'timeout',
      httpStatus: null,
      host: 'crm.example.com',
      durationMs: 1000,
    }),
    alsoTold: () => [],
    sendMail: async (mail) => void mails.push(mail),
    post: (_about, send) => void sends.push(send()),
    wanted: () => false,
    adminUrl: () => 'https://admin.example.com',
    typeName: () => 'Article',
    disableAfterMs: 3_600_000,
    log: { info: () => undefined, warn: () => undefined },
  };
  await createNotices(deps as NoticesDeps).tell(webhook.id, news, reason);
  await Promise.all(sends);
  return mails;
}

const reasons = Object.keys(en)
  .filter((id) => id.startsWith('mail.reason.'))
  .map((id) => id.slice('mail.reason.'.length));

describe('texts that the server says', () => {
  it('are filled in as on the screens, plural forms included', () => {
    expect(say('en', 'event.count', { count: 1 })).toBe('1 event');
    expect(say('uk', 'event.count', { count: 1 })).toMatch(/^1 \S+$/);
    const forms = new Set([1, 2, 5].map((count) => say('uk', 'event.count', { count })?.slice(2)));
    expect(forms.size).toBe(3);
  });

  it('no text of this id is null', () => expect(say('en', 'no.such.text', {})).toBeNull());

  it.each(languages)('no e-mail in %s holds a form that nobody has filled in', async (language) => {
    for (const news of Object.keys(operationalTypes) as OperationalNews[])
      for (const reason of [null, ...reasons]) {
        const mails = await mailsOf(news, reason, language);
        expect(mails).toHaveLength(1);
        for (const { subject, text } of mails) {
          expect(subject).not.toBe('');
          expect(subject + text).not.toMatch(/[{}]/);
        }
      }
  });

  it.each(languages)(
    'the e-mail about a loop in %s says who changed what, as the screen does',
    async (language) => {
      const loop = {
        ...{ uid: 'api::article.article', documentId: 'doc1', locale: null, count: 20, seconds: 60 },
        actor: { type: 'api_token', id: '7', name: 'Site' },
      };
      const [named] = await mailsOf('disabled', 'loop', language, loop);
      const quoted = language === 'uk' ? '«Site»' : '“Site”';
      for (const word of [quoted, 'Article doc1', '20', '60']) expect(named?.text).toContain(word);
      const nameless = { ...loop, actor: { ...loop.actor, name: null } };
      const [unnamed] = await mailsOf('disabled', 'loop', language, nameless);
      expect(unnamed?.text).toContain(say(language, 'condition.anybody.api_token', {}));
      // A loop of long ago is not the reason now.
      const [gone] = await mailsOf('disabled', 'gone', language, loop);
      expect(gone?.text).not.toContain('Article');
    },
  );

  it.each(languages)('no explanation in %s holds one either', (language) => {
    const statuses = [null, 400, 404, 422, 429, 500, 503];
    for (const code of failureCodes)
      for (const httpStatus of statuses) {
        const { cause, remedy } = explanationOf(
          { code, httpStatus, host: 'example.com', durationMs: 15_000 },
          language,
        );
        expect(cause + remedy).not.toMatch(/[{}]/);
      }
  });
});
