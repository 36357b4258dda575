import { checkForm, emptyForm, prefilled, shownAt, type WebhookFormState } from './webhook-form';

const complete: WebhookFormState = {
  ...emptyForm,
  name: 'Zapier',
  url: 'https://hooks.example.com/1',
  events: ['payment.received'],
};

describe('checkForm', () => {
  it('passes a complete form on as the server takes it', () => {
    expect(checkForm(complete, true)).toEqual({ input: complete, problems: null });
  });

  it('names the field of each complaint', () => {
    const headers = [
      { name: 'x-team', value: 'a', secret: false },
      { name: 'X-Team', value: 'b', secret: false },
    ];
    const { problems } = checkForm({ ...complete, name: ' ', events: [], headers }, true);
    expect(problems?.map(({ path }) => path)).toEqual(['name', 'events', 'headers.1.name']);
  });

  it('wants the value of a secret header where none is stored', () => {
    const stored = { ...complete, headers: [{ name: 'authorization', value: null, secret: true }] };
    expect(checkForm(stored, false).problems).toBeNull();
    expect(checkForm(stored, true).problems).toEqual([{ path: 'headers.0.value', message: 'is required' }]);
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
