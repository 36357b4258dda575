import { withTree } from './trees';

const tree = { fields: ['title'], parts: {} };

describe('the trees of a webhook', () => {
  it('are kept by content type', () => {
    const one = withTree(null, 'api::page.page', tree);
    expect(one).toEqual({ 'api::page.page': tree });
    expect(withTree(one, 'api::order.order', tree)).toEqual({
      'api::page.page': tree,
      'api::order.order': tree,
    });
  });

  it('end with the last one: everything is sent as by default', () => {
    expect(withTree({ 'api::page.page': tree }, 'api::page.page', null)).toBeNull();
  });
});
