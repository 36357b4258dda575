import { emptyForm } from './webhook-form';
import { validator } from './submission';

const text = (message: string) => message;
const form = { ...emptyForm, name: 'Site', url: 'https://example.com/build' };

describe('a form without events', () => {
  it('is refused, since an event may have been forgotten', async () => {
    await expect(validator(null, text)(form)).rejects.toMatchObject({
      inner: [expect.objectContaining({ path: 'events', message: 'choose at least one event' })],
    });
  });

  it('is taken where somebody says that there is none, and where there is one', async () => {
    await expect(validator(null, text, { isManualOnly: true })(form)).resolves.toMatchObject({ events: [] });
    const events = ['article.updated'];
    await expect(validator(null, text)({ ...form, events })).resolves.toMatchObject({ events });
  });
});
