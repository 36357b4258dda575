import { isPolymorphicRelation } from './entry-shape';
import type { EntryShape, PopulateTree, ShapeField } from './entry-shape';
import type { NestedList, NestedStep } from './nested-list';

/** The nested lists of this shape that are not in `known`, which is read anyway. */
export function nestedListsOf(shape: EntryShape, known: PopulateTree): NestedList[] {
  return shape.fields.flatMap((field) => within(field, shape, known, []));
}

function within(
  field: ShapeField,
  { model }: EntryShape,
  known: PopulateTree | undefined,
  path: readonly NestedStep[],
): NestedList[] {
  if (field.kind === 'scalar' || field.kind === 'references') return [];
  const { name } = field;
  const node = known?.[name];
  if (field.kind === 'zone')
    return field.shapes.flatMap((shape) => {
      const on = shape.model.uid;
      return shape.fields.flatMap((inner) =>
        within(inner, shape, node?.on?.[on]?.populate, [...path, { name, on }]),
      );
    });
  const isList = field.kind === 'many' && field.attribute.type === 'relation';
  const isNew = isList && path.length > 0 && node === undefined && !isPolymorphicRelation(field.attribute);
  const deeper = field.shape.fields.flatMap((inner) =>
    within(inner, field.shape, node?.populate, [...path, { name }]),
  );
  return isNew ? [{ path, uid: model.uid, name }, ...deeper] : deeper;
}
