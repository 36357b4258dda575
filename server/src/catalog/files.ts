import { fileUid, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { isEntry, isPopulatable, targetOf } from './entry-shape';
import type { EntryShape, ShapeField } from './entry-shape';
import type { Entry } from './types';

/** A file of the media library within an entry. */
export type FileValue = Readonly<Record<string, unknown>>;

type Change = (file: FileValue) => FileValue;

/** Whether entries of this shape contain files, or are files themselves. */
export const holdsFiles = ({ model, fields }: EntryShape): boolean =>
  model.uid === fileUid || fields.some(fieldHoldsFiles);

function fieldHoldsFiles(field: ShapeField): boolean {
  if (field.kind === 'zone') return field.shapes.some(holdsFiles);
  return (field.kind === 'one' || field.kind === 'many') && holdsFiles(field.shape);
}

/**
 * The entry with each of its files changed: the entry itself, if it is one, related files, and those in its
 * components, dynamic zones and relations, as far as they were read. An entry without files is returned
 * unchanged.
 */
export function withFiles(entry: Entry, model: ContentModel, models: ContentModels, change: Change): Entry {
  const inside = (value: unknown, uid: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => inside(item, uid));
      return items.some((item, at) => item !== value[at]) ? items : value;
    }
    if (!isEntry(value)) return value;
    const own = uid === '' ? value['__component'] : uid;
    const target = typeof own === 'string' ? models.get(own) : undefined;
    return target === undefined ? value : withFiles(value, target, models, change);
  };
  const told: Record<string, unknown> = { ...(model.uid === fileUid ? change(entry) : entry) };
  let changed = model.uid === fileUid;
  for (const [name, uid] of leadsOf(model, models)) {
    if (told[name] === undefined || told[name] === null) continue;
    const value = inside(told[name], uid);
    changed ||= value !== told[name];
    told[name] = value;
  }
  return changed ? told : entry;
}

/** The attributes whose targets have fields of their own, and their uids; empty for a dynamic zone. */
function leadsOf(model: ContentModel, models: ContentModels): readonly (readonly [string, string])[] {
  const known = leads.get(model);
  if (known) return known;
  const found = visibleAttributes(model, models)
    .filter(([, attribute]) => isPopulatable(attribute))
    .map(([name, attribute]) => [name, uidOf(attribute)] as const);
  leads.set(model, found);
  return found;
}

const leads = new WeakMap<ContentModel, readonly (readonly [string, string])[]>();

function uidOf(attribute: Attribute): string {
  if (attribute.type === 'dynamiczone') return '';
  return attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute);
}

/**
 * The file with absolute URLs: its own, its preview's and those of its formats. URLs that are already
 * absolute (a file in a bucket) stay unchanged.
 *
 * @param base public URL of this Strapi, without trailing slash; empty if unknown
 */
export function withAddresses(file: FileValue, base: string): FileValue {
  if (base === '') return file;
  const whole = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('/') && !value.startsWith('//') ? base + value : value;
  const told: Record<string, unknown> = { ...file };
  for (const name of ['url', 'previewUrl']) if (Object.hasOwn(told, name)) told[name] = whole(told[name]);
  const formats = told['formats'];
  if (isEntry(formats)) {
    told['formats'] = Object.fromEntries(
      Object.entries(formats).map(([name, format]) => [
        name,
        isEntry(format) && Object.hasOwn(format, 'url') ? { ...format, url: whole(format['url']) } : format,
      ]),
    );
  }
  return told;
}
