import { shownChoices } from './choices';

const choices = [
  { value: 'payment.received', label: 'Payment received' },
  { value: 'article.published', label: 'Article published' },
  { value: 'article.deleted', label: 'Статтю видалено' },
];
const found = (typed: string) => shownChoices(choices, typed).map(({ value }) => value);

describe('choices found by typing', () => {
  it('are all of them while nothing is typed', () => {
    expect(found('')).toHaveLength(3);
    expect(found('  ')).toHaveLength(3);
  });

  it('have the word anywhere, in any case, in what is shown or in the name behind it', () => {
    expect(found('RECEIVED')).toEqual(['payment.received']);
    expect(found('article.')).toEqual(['article.published', 'article.deleted']);
    expect(found('видалено')).toEqual(['article.deleted']);
  });

  it('have every word, in any order', () => {
    expect(found('published article')).toEqual(['article.published']);
    expect(found('published payment')).toEqual([]);
  });
});
