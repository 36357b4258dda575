import { emptyForm } from '../webhook-form';
import { previewable } from './previewable';

const events = ['article.published'];
const stored = { url: 'https://a.example/1', urlSecret: false };

describe('a preview of a form', () => {
  it('needs no name and no URL yet', () => {
    expect(previewable({ ...emptyForm, events }, null)).toMatchObject({
      url: 'https://example.com/',
      events,
    });
  });

  it('leaves out what is not filled in, and what would be refused for another server', () => {
    const headers = [
      { name: '', value: '', secret: false },
      { name: 'x-team', value: 'a', secret: false },
      { name: 'authorization', value: null, secret: true },
    ];
    const form = { ...emptyForm, events, headers, conditions: { all: [{ field: '', is: '' }] } };
    const names = (url: string) => previewable({ ...form, url }, stored)?.headers.map(({ name }) => name);
    expect(names(stored.url)).toEqual(['x-team', 'authorization']);
    expect(names('https://other.example/')).toEqual(['x-team']);
  });

  it('is none where no request can be made', () => {
    expect(previewable({ ...emptyForm, events, url: 'no address' }, null)).toBeNull();
  });

  it('has a value for each secret that is needed, the entered one where there is one', () => {
    const form = { ...emptyForm, events: ['a.b'], templateSecrets: [{ name: 'token', value: 'entered-1' }] };
    const secrets = previewable(form, null, ['token', 'other'])?.templateSecrets;
    expect(secrets).toEqual([
      { name: 'token', value: 'entered-1' },
      { name: 'other', value: expect.anything() },
    ]);
  });
});
