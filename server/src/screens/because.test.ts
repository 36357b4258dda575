import { becauseOf } from './because';

const because = [{ type: 'product.updated', documentId: 'p', title: 'Studio' }];
const body = JSON.stringify({ type: 'page.affected', data: { because } });

describe('the change that an affected entry shows', () => {
  it('is told as long as the body is stored', () => {
    expect(becauseOf({ cause: 'affected', body })).toEqual(because[0]);
    expect(becauseOf({ cause: 'affected', body: null })).toBeNull();
  });

  it('is not looked for in other events', () => {
    expect(becauseOf({ cause: null, body })).toBeNull();
    expect(becauseOf(null)).toBeNull();
  });
});
