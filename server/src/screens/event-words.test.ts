import { networkCodeEvents, networkEvents } from '../catalog/presets/network-events';
import { operationalEvents } from '../catalog/operational-events';
import { eventWords, searchWords } from './event-words';
import { languages } from '../wording';

const article = {
  type: 'article.published',
  source: 'content' as const,
  uid: 'api::article.article',
  contentTypeName: 'Blog article',
  displayName: 'Blog article Published',
  description: 'A blog article goes live. Each language gives an event of its own.',
};
const payment = {
  ...{ type: 'payment.received', source: 'preset' as const, uid: null, contentTypeName: 'Payment' },
  ...{ displayName: 'Payment Received', description: 'Every time a new payment is received.' },
};

describe('the words of an event', () => {
  it('are those of the catalog in English', () => {
    expect(eventWords(article, 'en')).toEqual({
      displayName: article.displayName,
      description: article.description,
    });
  });

  it('of a content type are put together from its own name', () => {
    expect(eventWords(article, 'uk')).toEqual({
      displayName: 'Blog article: опубліковано',
      description:
        'Запис «Blog article» опубліковано або опубліковано знову зі змінами. Кожна мова дає окрему подію.',
    });
    const user = { ...article, type: 'user.created', uid: 'plugin::users-permissions.user' };
    expect(eventWords(user, 'uk').displayName).toBe('Користувач: створено');
  });

  it('are translated for every event that the plugin brings along', () => {
    const brought = [...networkEvents, ...networkCodeEvents, ...operationalEvents].map((event) => ({
      ...payment,
      ...event,
    }));
    expect(brought.length).toBeGreaterThan(20);
    const untranslated = brought.filter((event) => {
      const { displayName, description } = eventWords(event, 'uk');
      return displayName === event.displayName || description === event.description;
    });
    expect(untranslated.map(({ type }) => type)).toEqual([]);
  });

  it('are left alone where the site builder gave them', () => {
    const own = { ...payment, displayName: 'Donation came in', description: 'A donation.' };
    expect(eventWords(own, 'uk')).toEqual({ displayName: 'Donation came in', description: 'A donation.' });
  });

  it('are found in each language, whichever is read', () => {
    const words = searchWords(payment, languages).toLowerCase();
    expect(words).toContain('payment received');
    expect(words).toContain('платіж');
  });
});
