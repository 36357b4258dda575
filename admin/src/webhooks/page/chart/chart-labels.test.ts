import { placeLabels } from './chart-labels';

const labels = (...middles: number[]) => middles.map((middle) => ({ middle, words: '12:00 PM' }));

describe('the labels below a chart', () => {
  it('stand in the middle of their bars where there is room', () => {
    expect(placeLabels(labels(100, 300), 400, 10)).toEqual([
      { x: 100, textAnchor: 'middle', words: '12:00 PM' },
      { x: 300, textAnchor: 'middle', words: '12:00 PM' },
    ]);
  });

  it('are not cut by the edge', () => {
    expect(placeLabels(labels(390), 400, 10)).toEqual([{ x: 400, textAnchor: 'end', words: '12:00 PM' }]);
  });

  it('leave one out rather than run into each other', () => {
    expect(placeLabels(labels(50, 90, 130, 170), 400, 10).map(({ x }) => x)).toEqual([50, 130]);
  });
});
