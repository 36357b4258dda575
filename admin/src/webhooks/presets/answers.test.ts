import { presetById, type Preset } from '../../../../contracts/presets';
import { emptyForm } from '../form/webhook-form';
import { answersOf, filledBy, missingAnswers, proposedName, shownAnswer } from './answers';
import { fieldProblems } from './field-problems';
import { offerFor } from './offer';

function preset(id: string): Preset {
  const found = presetById(id);
  if (!found) throw new Error(`There is no preset ${id}.`);
  return found;
}
const slackUrl = 'https://hooks.slack.com/services/T0/B0/XXXX';

describe('what a pasted URL answers', () => {
  it('is the URL itself, or the parts of one that is built', () => {
    expect(answersOf(preset('slack'), ` ${slackUrl} `)).toEqual({ url: slackUrl, fields: {} });
    expect(answersOf(preset('github'), 'https://github.com/kovalenko/website/actions').fields).toEqual({
      repository: 'kovalenko/website',
    });
    expect(
      answersOf(preset('github'), 'https://api.github.com/repos/kovalenko/website/dispatches').fields,
    ).toEqual({
      repository: 'kovalenko/website',
    });
    expect(answersOf(preset('algolia'), 'https://ABCD1234.algolia.net/1/indexes/articles').fields).toEqual({
      app: 'ABCD1234',
      index: 'articles',
    });
    expect(answersOf(preset('algolia'), 'https://example.com').fields).toEqual({});
  });

  it('is the topic of ntfy', () => {
    const answers = answersOf(preset('ntfy'), 'https://ntfy.sh/our-newsroom');
    expect(shownAnswer(preset('ntfy'), answers, 'topic')).toBe('our-newsroom');
    expect(missingAnswers(preset('ntfy'), answers)).toEqual([]);
    expect(filledBy(preset('ntfy'), answers).url).toBe('https://ntfy.sh');
  });
});

describe('what is missing for a preset', () => {
  it('is named, and so is a message that was emptied', () => {
    expect(missingAnswers(preset('slack'), { url: '', fields: {} })).toEqual(['url']);
    expect(missingAnswers(preset('slack'), { url: slackUrl, fields: { message: ' ' } })).toEqual(['message']);
    expect(missingAnswers(preset('github'), { url: '', fields: {} })).toEqual(['repository', 'token']);
  });
});

it('a preset fills a form with its template, and hides a secret URL', () => {
  expect(filledBy(preset('slack'), answersOf(preset('slack'), slackUrl))).toMatchObject({
    ...{ url: slackUrl, urlSecret: true, format: 'template', rateLimit: { count: 1, seconds: 1 } },
    template: { method: 'POST', bodyType: 'json' },
  });
});

it('the name that is proposed tells the events, while they are few', () => {
  expect(proposedName(preset('slack'), ['Payment Received'])).toBe('Slack: Payment Received');
  expect(proposedName(preset('slack'), ['a', 'b', 'c'])).toBe('Slack');
  expect(proposedName(preset('slack'), [])).toBe('Slack');
});

describe('a preset is offered', () => {
  it('for a known URL, with all that is still as it was', () => {
    expect(offerFor({ ...emptyForm, url: slackUrl })).toMatchObject({
      preset: { id: 'slack' },
      changes: {
        name: 'Slack',
        events: ['*.published'],
        format: 'template',
        rateLimit: { count: 1, seconds: 1 },
      },
      replacesFormat: false,
    });
  });

  it('without touching what was set, and says that a format is replaced', () => {
    const rateLimit = { count: 9, seconds: 60 };
    const form = {
      ...emptyForm,
      url: slackUrl,
      name: 'News',
      events: ['a.b'],
      rateLimit,
      format: 'flat' as const,
    };
    const offer = offerFor(form);
    expect(offer?.replacesFormat).toBe(true);
    expect(Object.keys(offer?.changes ?? {})).toEqual(['format', 'template']);
  });

  it('with the secrets that have to be entered', () => {
    const url = 'https://search.example.com/indexes/articles/documents';
    expect(offerFor({ ...emptyForm, url })?.changes).toMatchObject({
      headers: [{ name: 'Authorization', value: 'Bearer {{ secret.token }}', secret: false }],
      templateSecrets: [{ name: 'token', value: '' }],
    });
  });

  it.each([
    ['the URL is of no known service', { url: 'https://example.com/hook' }],
    ['a template was written already', { url: slackUrl, format: 'template' as const }],
    ['nothing would change', { url: 'https://n8n.example.com/webhook/0a1b2c3d-0000-4000-8000-000000000000' }],
  ])('not where %s', (_why, form) => {
    expect(offerFor({ ...emptyForm, ...form })).toBeNull();
  });
});

describe('a mistake in a message', () => {
  const problem = { path: 'body', message: '', suggestion: null, warning: false };
  const start = '{% capture message %}'.length;

  it('is shown at its place in the message', () => {
    const answers = { url: slackUrl, fields: { message: ' Hi {{ x | y }}\nand {{ z | w }}' } };
    const found = fieldProblems(preset('slack'), answers, [
      { ...problem, line: 1, column: start + 4 },
      { ...problem, line: 2, column: 5 },
      { ...problem, line: 3, column: 1 },
    ]);
    expect(found.map(({ field, problem: { line, column } }) => [field, line, column])).toEqual([
      ['message', 1, 5],
      ['message', 2, 5],
    ]);
  });

  it('does not shift that of the next field', () => {
    const answers = { url: 'https://ntfy.sh/', fields: { message: 'a\nbc', topic: '{{ q | w }}' } };
    const column = 'bc{% endcapture %}{% capture topic %}'.length + 1;
    const [found] = fieldProblems(preset('ntfy'), answers, [{ ...problem, line: 2, column }]);
    expect(found).toMatchObject({ field: 'topic', problem: { line: 1, column: 1 } });
  });
});
