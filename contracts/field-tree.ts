import { z } from 'zod';

/**
 * Which fields of an entry are sent, and how deep: the ticks of the tree on the screen. What is not ticked is not sent;
 * `id` and `documentId` (of a component: `id` and `__component`) always are.
 */
export interface FieldTree {
  /** Its own plain attributes by name; `all`: every one, also one that the content type gets later. */
  fields: 'all' | string[];
  /** Relations, files, components and dynamic zones by the name of the attribute. */
  parts: { [name: string]: FieldTreePart };
}

/** What is sent of an attribute that leads further: `tree`, or of a dynamic zone `on`. */
export interface FieldTreePart {
  /** Of a relation, a file or a component. */
  tree?: FieldTree | undefined;
  /** Of a dynamic zone, by the uid of the component; a component that is not named is sent with its name alone. */
  on?: { [component: string]: FieldTree } | undefined;
  /** Of a relation to many: how many of its entries are sent. Never more than `capture.maxRelated`, and without it so many. */
  limit?: number | undefined;
}

export const fieldTreeLimits = {
  /** Levels below the entry: with 1, its relations and components with their plain attributes. */
  depth: 4,
  /** Ticks of one tree. */
  total: 2000,
  nameLength: 200,
  /** Most entries of one relation to many. */
  related: 1000,
  /** Content types of one webhook. */
  types: 50,
} as const;

const name = z
  .string('is required')
  .min(1, 'is required')
  .max(fieldTreeLimits.nameLength, `must be at most ${fieldTreeLimits.nameLength} characters`)
  .refine((given) => given !== '__proto__', 'is not the name of an attribute');

const ownFields = z.union(
  [z.literal('all'), z.array(name).max(fieldTreeLimits.total)],
  'must be "all" or a list of attribute names',
);

const limit = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(fieldTreeLimits.related, `must be at most ${fieldTreeLimits.related}`);

const tooDeep: z.ZodType<FieldTree> = z.unknown().transform((_given, context): FieldTree => {
  context.addIssue(`must not be deeper than ${fieldTreeLimits.depth} levels`);
  return z.NEVER;
});

/** Each depth has its own schema, so that no input can lead deeper than the limit. */
function treeAt(depth: number): z.ZodType<FieldTree> {
  if (depth > fieldTreeLimits.depth) return tooDeep;
  const inner = treeAt(depth + 1);
  const part: z.ZodType<FieldTreePart> = z
    .strictObject({
      tree: inner.optional(),
      on: z.record(name, inner).optional(),
      limit: limit.optional(),
    })
    .refine(
      ({ tree, on }) => (tree === undefined) !== (on === undefined),
      'must hold either tree, or on for a dynamic zone',
    );
  return z.strictObject({ fields: ownFields, parts: z.record(name, part).default({}) });
}

/** A tree by itself, of a business event. */
export const fieldTree: z.ZodType<FieldTree> = treeAt(0).superRefine((tree, context) => {
  if (ticksOf(tree) > fieldTreeLimits.total)
    context.addIssue(`must hold at most ${fieldTreeLimits.total} fields`);
});

/** Of a webhook: the trees by the uid of the content type; a type that is not named is sent as a whole. */
export const fieldTrees: z.ZodType<Record<string, FieldTree>> = z
  .record(name, fieldTree)
  .refine(
    (trees) => Object.keys(trees).length <= fieldTreeLimits.types,
    `must be at most ${fieldTreeLimits.types}`,
  );
export type FieldTrees = Record<string, FieldTree>;

/** How many fields and parts are ticked. */
function ticksOf({ fields, parts }: FieldTree): number {
  const own = fields === 'all' ? 1 : fields.length;
  return Object.values(parts).reduce(
    (sum, { tree, on }) =>
      sum +
      1 +
      (tree ? ticksOf(tree) : 0) +
      Object.values(on ?? {}).reduce((inner, one) => inner + ticksOf(one), 0),
    own,
  );
}

/** Query of `GET /event-webhooks/fields`. */
export const fieldModelsQuery = z.strictObject({
  /** Uids of content types, separated by commas. */
  uids: z.string().max(20_000).default(''),
});

/** An attribute as the tree shows it; private ones are not among them. */
export interface FieldModelAttribute {
  name: string;
  /** Its name made readable. */
  label: string;
  /** `string`, `richtext`, `relation`, `media`, `component`, `dynamiczone` …: the icon. */
  type: string;
  /** `scalar` is ticked itself; the others lead further. */
  kind: 'scalar' | 'one' | 'many' | 'zone';
  /** With `one` and `many`: the model it leads to. */
  target?: string;
  /** With `zone`: the uids of its components. */
  components?: string[];
  /** True of a relation to many, whose number can be limited; false of repeatable components. */
  limited?: boolean;
}

/** A content type or a component. */
export interface FieldModel {
  uid: string;
  /** `Page`. */
  name: string;
  attributes: FieldModelAttribute[];
}

/** Response of `GET /event-webhooks/fields`: the asked models and all that they lead to within the depth. */
export interface FieldModels {
  models: Record<string, FieldModel>;
  /** What is sent without a tree, as a tree: what the screen begins with. By uid of the content type. */
  defaults: Record<string, FieldTree>;
  /** `capture.maxRelated`: more entries of a relation to many are never sent, whatever its limit says. */
  maxRelated: number;
}
