import { presets } from '../../../../../contracts/presets';
import { marks } from './marks';

it('every preset has a mark, and every mark a preset', () => {
  expect(Object.keys(marks).toSorted()).toEqual(presets.map(({ id }) => id).toSorted());
});
