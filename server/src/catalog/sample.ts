import { isLocalized, hasDrafts } from './content-model';
import type { Attribute, ContentModel } from './content-model';
import type { EntryShape, ShapeField } from './entry-shape';
import { sampleText } from './sample-text';

/** When the sample events happened: fixed, so that a sample is the same on every start and in every test. */
export const sampleTimestamp = '2026-11-24T14:02:07.418Z';
const sampleCreatedAt = '2026-11-03T09:15:00.000Z';
const sampleFuture = '2027-11-03T09:15:00.000Z';

export interface SampleOptions {
  /** Of the entry itself; what it leads to is published. */
  status?: 'draft' | 'published';
}

/** A complete, realistic entry of this shape. Pure: the same shape gives the same entry. */
export function sampleEntry(
  shape: EntryShape,
  { status = 'published' }: SampleOptions = {},
): Record<string, unknown> {
  const { model, fields } = shape;
  const entry: Record<string, unknown> = { id: sampleNumber(model.uid, 1, 400) };
  if (shape.row === 'entry') entry['documentId'] = sampleDocumentId(model.uid);
  for (const field of fields) entry[field.name] = sampleOfField(field, model);
  if (status === 'draft' && hasDrafts(model) && 'publishedAt' in entry) entry['publishedAt'] = null;
  return entry;
}

function sampleOfField(field: ShapeField, model: ContentModel): unknown {
  if (field.kind === 'scalar') return sampleScalar(field.name, field.attribute, model);
  if (field.kind === 'references') return [sampleReference];
  if (field.kind === 'zone') {
    return field.shapes.map((shape) => ({ __component: shape.model.uid, ...sampleEntry(shape) }));
  }
  const entry = sampleEntry(field.shape);
  return field.kind === 'many' ? [entry] : entry;
}

const sampleReference = {
  uid: 'api::product.product',
  documentId: sampleDocumentId('api::product.product'),
  locale: null,
  status: 'published',
  field: 'cover',
};

/** Looks like Strapi's own document ids: 24 letters and digits, a letter first. */
export function sampleDocumentId(seed: string): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const random = seeded(seed);
  return Array.from({ length: 24 }, (_, at) => alphabet[Math.floor(random() * (at === 0 ? 26 : 36))]).join(
    '',
  );
}

function sampleNumber(seed: string, min: number, max: number): number {
  return min + Math.floor(seeded(seed)() * (max - min + 1));
}

/** FNV-1a over the seed, then mulberry32: small, and the same on every machine. */
function seeded(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function sampleScalar(name: string, attribute: Attribute, model: ContentModel): unknown {
  switch (attribute.type) {
    case 'enumeration':
      return attribute.enum?.[0] ?? null;
    case 'boolean':
      return typeof attribute.default === 'boolean'
        ? attribute.default
        : !/block|disab|bann|delet|archiv|suspend|expired/i.test(name);
    case 'integer':
      return Math.round(within(numberFor(name), attribute));
    case 'biginteger':
      return String(Math.round(within(numberFor(name), attribute)));
    case 'float':
    case 'decimal':
      return within(numberFor(name), attribute);
    case 'date':
      return /birth|born/i.test(name) ? '1991-05-17' : dateFor(name).slice(0, 10);
    case 'time':
      return '09:30:00.000';
    case 'datetime':
      return dateFor(name);
    case 'timestamp':
      return String(Date.parse(dateFor(name)));
    case 'blocks':
      return [
        { type: 'paragraph', children: [{ type: 'text', text: sampleText('description', {}, model) }] },
      ];
    case 'json':
      return jsonFor(name);
    default:
      return textFor(name, attribute, model);
  }
}

function textFor(name: string, attribute: Attribute, model: ContentModel): string {
  if (name === 'locale' && isLocalized(model)) return 'en';
  if (typeof attribute.default === 'string' && attribute.default !== '') return attribute.default;
  return sampleText(name, attribute, model);
}

const numbers: readonly [RegExp, number][] = [
  [/tax/i, 0],
  [/price|amount|total|cost|fee|sum|balance|revenue|salary/i, 49],
  [/year/i, 2026],
  [/width/i, 1200],
  [/height/i, 800],
  [/size|bytes/i, 245.8],
  [/lat(itude)?$/i, 49.8397],
  [/(lng|lon|longitude)$/i, 24.0297],
  [/rating|stars|score/i, 5],
  [/percent|discount|rate/i, 20],
  [/age$/i, 35],
  [/stock|count|quantity|qty|number/i, 3],
  [/position|order|rank|sort|index/i, 1],
  [/minutes|duration|seconds/i, 30],
];

const numberFor = (name: string): number => numbers.find(([pattern]) => pattern.test(name))?.[1] ?? 12;

function within(value: number, { min, max }: Attribute): number {
  const low = min === undefined ? value : Math.max(value, Number(min));
  return max === undefined ? low : Math.min(low, Number(max));
}

function dateFor(name: string): string {
  if (/expir|until|end|due|valid|renew|scheduled/i.test(name)) return sampleFuture;
  return /created|start|from|published|joined|since/i.test(name) ? sampleCreatedAt : sampleTimestamp;
}

function jsonFor(name: string): unknown {
  if (/formats/i.test(name)) {
    return {
      thumbnail: { url: '/uploads/thumbnail_blue_mug_4f2c9a.jpg', width: 234, height: 156, size: 6.4 },
    };
  }
  if (/focal/i.test(name)) return { x: 50, y: 50 };
  if (/tags|labels|keywords|list/i.test(name)) return ['ceramics', 'handmade'];
  return { note: 'Handle with care' };
}
