import { inputWith } from '../input.fixture';
import type { InputChoices } from '../input.fixture';
import { renderRequest } from '..';

const rendered = (choices: InputChoices) => renderRequest(inputWith(choices));
const body = (choices: InputChoices): unknown => JSON.parse(rendered(choices).body ?? '');

const paid: InputChoices = {
  event: {
    type: 'payment.received',
    action: null,
    uid: 'api::payment.payment',
    model: null,
    changedFields: null,
  },
  data: {
    payment: { id: 3, documentId: 'pay3', amount: 58.8 },
    customer: { id: 9, name: 'Olena' },
    currency: 'USD',
  },
};

it('standard: the body as it is, with the headers of the webhook', () => {
  const input = inputWith({ format: 'standard', headers: [{ name: 'x-team', value: '{{ not liquid }}' }] });
  expect(renderRequest(input)).toMatchObject({
    method: 'POST',
    suffix: '',
    contentType: 'application/json',
    headers: [{ name: 'x-team', value: '{{ not liquid }}' }],
    body: input.body,
    secrets: null,
  });
});

describe('flat', () => {
  it('has one level: fields by the model, relations by their names, lists as texts', () => {
    const entry = {
      id: 7,
      firstName: 'Olena',
      author: { id: 2, name: 'Olena', address: { city: 'Kyiv' } },
      tags: [{ name: 'soup' }, { title: 'autumn' }],
      sizes: [1, 2],
      story: [{ type: 'paragraph', children: [{ type: 'text', text: 'Hot' }] }],
      cover: { id: 1, mime: 'image/png', url: '/a.png', formats: { small: { url: '/s.png' } } },
      none: null,
      nobody: [],
    };
    expect(body({ format: 'flat', entry })).toEqual({
      event: 'article.published',
      event_id: 'msg_2KWPBgLlAfxdpx2AI54p',
      occurred_at: '2026-11-24T14:02:07.418Z',
      test: false,
      locale: 'en',
      status: 'published',
      changed_fields: 'title, publishedAt',
      article_id: 7,
      article_first_name: 'Olena',
      author_id: 2,
      author_name: 'Olena',
      author_address_city: 'Kyiv',
      article_tags: 'soup, autumn',
      article_tags_count: 2,
      article_sizes: '1, 2',
      article_story: 'Hot',
      cover_id: 1,
      cover_mime: 'image/png',
      cover_url: '/a.png',
      article_none: null,
      article_nobody: '',
      previous_title: 'Soups',
    });
  });

  it('tells a business event by the names of its parts', () => {
    expect(body({ format: 'flat', ...paid })).toMatchObject({
      event: 'payment.received',
      payment_id: 3,
      payment_document_id: 'pay3',
      payment_amount: 58.8,
      customer_name: 'Olena',
      currency: 'USD',
    });
  });

  it('never loses a value that would have the same key: the later one is numbered', () => {
    const entry = { 'first-name': 1, firstName: 2, first_name: 3, article: { 'first name': 4 } };
    expect(body({ format: 'flat', entry })).toMatchObject({
      article_first_name: 1,
      article_first_name_2: 2,
      article_first_name_3: 3,
      article_first_name_4: 4,
    });
    expect(body({ format: 'flat', data: { event: 'mine', constructor: 'x', toString: 'y' } })).toMatchObject({
      event: 'article.published',
      event_2: 'mine',
      constructor: 'x',
      to_string: 'y',
    });
  });
});

describe('cloudevents', () => {
  it('is CloudEvents 1.0 in structured mode', () => {
    const { contentType } = rendered({ format: 'cloudevents' });
    expect(contentType).toBe('application/cloudevents+json');
    expect(body({ format: 'cloudevents' })).toEqual({
      specversion: '1.0',
      id: 'msg_2KWPBgLlAfxdpx2AI54p',
      source: 'https://cms.example.com',
      type: 'article.published',
      subject: 'hb5uwmcyivkdkl5v8elqzvmp',
      time: '2026-11-24T14:02:07.418Z',
      datacontenttype: 'application/json',
      data: JSON.parse(inputWith().body).data as unknown,
    });
  });

  it('has a source where the site has no address, and no subject where there is no entry', () => {
    const event = body({
      format: 'cloudevents',
      event: { documentId: null },
      site: { serverUrl: '', adminUrl: '' },
    });
    expect(event).toMatchObject({ source: 'urn:strapi:event-webhooks' });
    expect(event).not.toHaveProperty('subject');
  });
});

describe('thin', () => {
  it('holds the ids of the entry and nothing of its content', () => {
    expect(body({ format: 'thin' })).toEqual({
      type: 'article.published',
      timestamp: '2026-11-24T14:02:07.418Z',
      data: {
        uid: 'api::article.article',
        model: 'article',
        documentId: 'hb5uwmcyivkdkl5v8elqzvmp',
        locale: 'en',
        status: 'published',
      },
    });
  });

  it('of an event without an entry: the ids in its data', () => {
    expect(body({ format: 'thin', ...paid, event: { ...paid.event, documentId: null } })).toMatchObject({
      data: { payment: { id: 3, documentId: 'pay3' }, customer: { id: 9 } },
    });
    const noIds = {
      format: 'thin' as const,
      event: { documentId: null },
      data: { paid: true, valid: 'x', identity: 'y' },
    };
    expect(body(noIds)).toMatchObject({ data: {} });
  });
});

describe('strapi', () => {
  it.each([
    ['created', 'entry.create'],
    ['updated', 'entry.update'],
    ['deleted', 'entry.delete'],
    ['published', 'entry.publish'],
    ['unpublished', 'entry.unpublish'],
    ['draft_discarded', 'entry.draft-discard'],
  ])('%s is %s, in Strapi’s order of keys, and in its header', (action, event) => {
    const request = rendered({
      format: 'strapi',
      entry: { id: 1 },
      event: { action, type: `post.${action}`, model: 'post' },
    });
    expect(request.headers).toEqual([{ name: 'X-Strapi-Event', value: event }]);
    expect(request.body).toBe(
      `{"event":"${event}","createdAt":"2026-11-24T14:02:07.418Z","model":"article","uid":"api::article.article","entry":{"id":1}}`,
    );
  });

  it('its header cannot be sent twice', () => {
    const headers = [{ name: 'x-strapi-event', value: 'mine' }];
    expect(rendered({ format: 'strapi', headers }).headers).toEqual([
      { name: 'X-Strapi-Event', value: 'entry.publish' },
    ]);
  });

  it('a file is told as media', () => {
    const event = { uid: 'plugin::upload.file', action: 'created', type: 'media.created' };
    expect(rendered({ format: 'strapi', entry: { id: 1 }, event }).body).toBe(
      '{"event":"media.create","createdAt":"2026-11-24T14:02:07.418Z","media":{"id":1}}',
    );
  });

  it('what was stored as Strapi sends it keeps its bytes', () => {
    const coreEntry = '{"b":1, "a":{"10":"x","2":"\\u00fc"}}';
    expect(rendered({ format: 'strapi', coreEntry, entry: { id: 1 } }).body).toBe(
      `{"event":"entry.publish","createdAt":"2026-11-24T14:02:07.418Z","model":"article","uid":"api::article.article","entry":${coreEntry}}`,
    );
    const event = { uid: 'plugin::upload.file', action: 'created', type: 'media.created' };
    expect(rendered({ format: 'strapi', coreEntry, event }).body).toBe(
      `{"event":"media.create","createdAt":"2026-11-24T14:02:07.418Z","media":${coreEntry}}`,
    );
    expect(rendered({ format: 'flat', coreEntry }).body).not.toContain(coreEntry);
  });

  it('an event that Strapi does not know keeps its name', () => {
    expect(body({ format: 'strapi', ...paid })).toMatchObject({
      event: 'payment.received',
      model: 'payment',
      entry: { currency: 'USD' },
    });
    expect(body({ format: 'strapi', ...paid, event: { ...paid.event, uid: null } })).toMatchObject({
      event: 'payment.received',
      currency: 'USD',
    });
  });
});
