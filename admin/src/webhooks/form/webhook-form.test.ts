import type { WebhookView } from '../../../../contracts';
import { unreadableDelays } from './delivery/delays';
import {
  changeOf,
  checkForm,
  duplicateOf,
  emptyForm,
  formOf,
  prefilled,
  secretWhenTyped,
  shownAt,
  type WebhookFormState,
} from './webhook-form';

const complete: WebhookFormState = {
  ...emptyForm,
  name: 'Zapier',
  url: 'https://hooks.example.com/1',
  events: ['payment.received'],
};

const saved = { url: complete.url, urlSecret: false };

describe('checkForm', () => {
  it('passes a complete form on as the server takes it', () => {
    expect(checkForm(complete, null)).toEqual({ input: complete, problems: null });
  });

  it('names the field of each complaint', () => {
    const headers = [
      { name: 'x-team', value: 'a', secret: false },
      { name: 'X-Team', value: 'b', secret: false },
    ];
    const { problems } = checkForm({ ...complete, name: ' ', headers }, null);
    expect(problems?.map(({ path }) => path)).toEqual(['name', 'headers.1.name']);
  });

  it('wants the value of a secret header where none is stored', () => {
    const stored = { ...complete, headers: [{ name: 'authorization', value: null, secret: true }] };
    expect(checkForm(stored, saved).problems).toBeNull();
    expect(checkForm(stored, null).problems).toEqual([{ path: 'headers.0.value', message: 'is required' }]);
  });

  it('names the stored values that do not go where the address leads now, before anything is saved', () => {
    const headers = [{ name: 'authorization', value: null, secret: true }];
    const at = (url: string) => checkForm({ ...complete, url, headers }, saved).problems;
    expect(at('https://HOOKS.example.com:443/2')).toBeNull();
    expect(at('https://hooks.example.com:8443/1')).toEqual([
      {
        path: 'headers.0.value',
        message: 'the URL leads to another server: enter the value of authorization again, or remove it',
      },
    ]);
  });

  it('takes what is shown of a secret address for the stored one, and for no other', () => {
    const shown = 'https://hooks.example.com/••••';
    const form = { ...complete, url: shown, urlSecret: true };
    expect(checkForm(form, { url: shown, urlSecret: true }).problems).toBeNull();
    for (const stored of [null, saved, { url: 'https://other.example/••••', urlSecret: true }]) {
      expect(checkForm(form, stored).problems?.map(({ path }) => path)).toEqual(['url']);
    }
  });
});

describe('what is sent of a form', () => {
  const read = { version: 7, values: complete };

  it('is what was changed, with the version that was read: a form that is old turns nothing on again', () => {
    expect(changeOf(read, { ...complete, name: 'CRM' })).toEqual({ version: 7, name: 'CRM' });
    expect(changeOf(read, complete)).toEqual({ version: 7 });
  });

  it('says with an address whether that is a secret, also where that was not changed', () => {
    const url = 'https://hooks.slack.com/services/T/B/X';
    expect(changeOf(read, { ...complete, url })).toEqual({ version: 7, url, urlSecret: false });
  });
});

describe('the conditions of a form', () => {
  const unfilled = { all: [{ field: 'total', greaterThan: 100 }, { any: [{ field: 'status', is: [] }] }] };

  it('are checked row by row: a row that is not filled in is named by its place', () => {
    expect(checkForm({ ...complete, conditions: unfilled }, null).problems).toEqual([
      { path: 'conditions.1.0', message: 'is required' },
    ]);
  });

  it('are sent as one value where they were changed', () => {
    const conditions = { all: [{ field: 'total', greaterThan: 100 }] };
    expect(changeOf({ version: 7, values: complete }, { ...complete, conditions })).toEqual({
      version: 7,
      conditions,
    });
  });

  it('show what the server says of one of them at its row', () => {
    expect(shownAt(['conditions', 'all', '1', 'any', '0', 'greaterThan'])).toBe('conditions.1.0');
    expect(shownAt(['conditions', 'any', '2', 'field'])).toBe('conditions.2');
    expect(shownAt(['conditions', 'all'])).toBe('conditions');
  });
});

describe('the secrets of a template', () => {
  const stored = [{ name: 'token', value: null }];

  it('are kept where they are stored, and only for the same server', () => {
    const at = (url: string, of: typeof saved | null) =>
      checkForm({ ...complete, url, templateSecrets: stored }, of).problems?.map(({ path }) => path);
    expect(at(complete.url, saved)).toBeUndefined();
    expect(at(complete.url, null)).toEqual(['templateSecrets.0.value']);
    expect(at('https://other.example/1', saved)).toEqual(['templateSecrets.0.value']);
  });

  it('come back by name only, and are kept as they are stored', () => {
    const view = { ...complete, templateSecrets: [{ name: 'token' }] } as unknown as WebhookView;
    expect(formOf(view).templateSecrets).toEqual(stored);
    expect(formOf(view)).toMatchObject({ format: 'standard', template: null, conditions: null });
  });

  it('are entered again in a copy', () => {
    const view = { ...complete, headers: [], templateSecrets: [{ name: 'token' }] };
    const copy = duplicateOf(view as unknown as WebhookView, 'Copy');
    expect(copy.templateSecrets).toEqual([{ name: 'token', value: '' }]);
    expect(checkForm(copy, null).problems?.map(({ path }) => path)).toEqual(['templateSecrets.0.value']);
  });

  it('have one name each', () => {
    const templateSecrets = [
      { name: 'token', value: '12345678' },
      { name: 'token', value: '87654321' },
    ];
    expect(checkForm({ ...complete, templateSecrets }, null).problems).toEqual([
      { path: 'templateSecrets.1.name', message: 'is named twice' },
    ]);
  });
});

describe('a retry schedule that cannot be read', () => {
  it('is a complaint at its field; the one before is not sent instead', () => {
    const form = { ...complete, retryScheduleSeconds: unreadableDelays };
    expect(checkForm(form, null).problems).toEqual([
      { path: 'retryScheduleSeconds', message: 'must be whole seconds' },
    ]);
  });

  it('says its limit in days', () => {
    const form = { ...complete, retryScheduleSeconds: [8 * 86_400] };
    expect(checkForm(form, null).problems).toEqual([
      { path: 'retryScheduleSeconds', message: 'must be at most 7 days' },
    ]);
  });
});

describe('an address that is a secret', () => {
  const view = {
    ...complete,
    headers: [],
    templateSecrets: [],
    url: 'https://hooks.slack.com/••••',
    urlSecret: true,
  };
  const slack = 'https://hooks.slack.com/services/T/B/X';

  it('is not taken over by a copy: it must be typed again', () => {
    expect(duplicateOf(view as unknown as WebhookView, 'Copy')).toMatchObject({ url: '', urlSecret: true });
  });

  it('is taken for one as soon as it is known, and as none again when another is typed', () => {
    expect(secretWhenTyped(slack, { url: 'https://hooks', urlSecret: false })).toBe(true);
    expect(secretWhenTyped('https://crm.example.com', { url: slack, urlSecret: true })).toBe(false);
    expect(prefilled((name) => (name === 'url' ? slack : undefined)).urlSecret).toBe(true);
  });

  it('is what somebody said it is while more of it is typed, and stays one while a stored one is replaced', () => {
    expect(secretWhenTyped(`${slack}Y`, { url: slack, urlSecret: false })).toBe(false);
    expect(secretWhenTyped('https://a.example/x', { url: 'https://a.example/', urlSecret: true })).toBe(true);
    expect(secretWhenTyped('', view)).toBe(true);
  });
});

describe('prefilled', () => {
  it('takes over what the address names and drops what is no event', () => {
    const address = new URLSearchParams({ name: 'A', events: '*.published,not an event,article.created' });
    const form = prefilled((name) => address.get(name) ?? undefined);
    expect(form.name).toBe('A');
    expect(form.events).toEqual(['*.published', 'article.created']);
  });
});

describe('shownAt', () => {
  it('shows a complaint about one of many events at the field', () => {
    expect(shownAt(['events', '3'])).toBe('events');
    expect(shownAt(['headers', '0', 'name'])).toBe('headers.0.name');
  });
});
