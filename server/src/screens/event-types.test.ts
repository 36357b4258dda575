import { createCatalog } from '../catalog';
import type { Language } from '../wording';
import { playgroundComponents, playgroundTypes } from '../catalog/playground.fixture';
import { createEventTypesService } from './event-types';

const completed = {
  type: 'payment.completed',
  displayName: 'Payment Completed',
  description: 'A payment is completed.',
  contentType: 'api::payment.payment',
  on: [{ on: 'updated', when: { field: 'state', becomes: 'completed' } }],
};

describe('the events for the screens', () => {
  const conditionIn = async (language: Language) => {
    const catalog = createCatalog({
      contentTypes: playgroundTypes,
      components: playgroundComponents,
      config: { events: [completed] },
    });
    const service = createEventTypesService({
      catalog: () => catalog,
      subscriptions: async () => [],
      language: () => language,
    });
    const { results } = await service.list();
    const of = (type: string) => results.find((one) => one.type === type)?.condition;
    expect(of('payment.updated')).toBeUndefined();
    return of('payment.completed');
  };

  it('tell the rule of a business event in the reader’s language', async () => {
    expect(await conditionIn('en')).toBe('the state of a Payment becomes “completed”');
    expect(await conditionIn('uk')).toMatch(/«completed»/);
  });
});
