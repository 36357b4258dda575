import { groupOf } from './content-events';
import { fileUid, hasDrafts, isSensitive, visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { leadsSomewhere, targetOf } from './entry-shape';
import type { Labels, Way, Ways } from './types';

/** A page shows a product that shows a brand: no further. */
export const stepsAtMost = 2;

/** What names an entry, best first. */
const titles = ['title', 'name', 'headline', 'heading', 'label', 'displayName'];

/**
 * All ways between these content types. Only what is told to receivers counts: no private attribute, no password, no
 * relation without a fixed target. Entries that show something are those of the app's own content types.
 *
 * @param given the content types that have events
 */
export function waysBetween(given: readonly ContentModel[], models: ContentModels): Ways {
  const holders = new Map<string, ContentModel>();
  const collect = (model: ContentModel): void => {
    if (holders.has(model.uid)) return;
    holders.set(model.uid, model);
    for (const [, attribute] of visibleAttributes(model, models))
      for (const uid of componentsOf(attribute)) {
        const component = models.get(uid);
        if (component !== undefined) collect(component);
      }
  };
  const entries = given.filter(({ uid }) => groupOf(uid) === 'content');
  entries.forEach(collect);
  const entryUids = new Set(entries.map(({ uid }) => uid));
  const targets = new Set(given.map(({ uid }) => uid));
  const byTarget = new Map<string, Way[]>();
  for (const model of holders.values())
    for (const way of waysFrom(model, models, entryUids.has(model.uid)))
      if (targets.has(way.target) || holders.has(way.target))
        byTarget.set(way.target, [...(byTarget.get(way.target) ?? []), way]);
  const into = (uid: string): readonly Way[] => byTarget.get(uid) ?? [];
  const showing = new Map<string, ReadonlySet<string>>();
  return {
    into,
    showing(uid) {
      const known = showing.get(uid) ?? showingWithin(uid, into, stepsAtMost);
      showing.set(uid, known);
      return known;
    },
    shownWhenCreated: (uid) => into(uid).some(({ inverse }) => inverse !== null),
    labels: (uid) => labelsOf(models.get(uid), models),
    hasDrafts: (uid) => {
      const model = models.get(uid);
      return model !== undefined && hasDrafts(model);
    },
  };
}

function* waysFrom(model: ContentModel, models: ContentModels, isEntry: boolean): Generator<Way> {
  for (const [name, attribute] of visibleAttributes(model, models)) {
    if (!leadsSomewhere(attribute, models)) continue;
    const way = { holder: model.uid, name, isEntry };
    for (const target of componentsOf(attribute)) yield { ...way, target, inverse: null };
    if (attribute.type === 'media') yield { ...way, target: fileUid, inverse: null };
    if (attribute.type === 'relation')
      yield {
        ...way,
        target: targetOf(attribute),
        inverse: attribute.inversedBy ?? attribute.mappedBy ?? null,
      };
  }
}

const componentsOf = ({ type, component, components }: Attribute): readonly string[] => {
  if (type === 'component') return component === undefined ? [] : [component];
  return type === 'dynamiczone' ? (components ?? []) : [];
};

/** Whether a way leads straight back over the relation by which the entry itself was reached. */
export const goesBack = (way: Way, by: Way | null): boolean =>
  by !== null && by.isEntry && way.isEntry && way.holder === by.target && way.name === by.inverse;

function showingWithin(
  uid: string,
  into: Ways['into'],
  steps: number,
  by: Way | null = null,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { way, entry } of entryWays(uid, into)) {
    if (goesBack(way, by)) continue;
    found.add(entry);
    if (steps > 1) for (const further of showingWithin(entry, into, steps - 1, way)) found.add(further);
  }
  return found;
}

/** The content types that show this, each with the way that leads to it. */
function entryWays(
  uid: string,
  into: Ways['into'],
  above: ReadonlySet<string> = new Set([uid]),
): { way: Way; entry: string }[] {
  return into(uid).flatMap((way) => {
    if (way.isEntry) return [{ way, entry: way.holder }];
    if (above.has(way.holder)) return [];
    const higher = entryWays(way.holder, into, new Set([...above, way.holder]));
    return higher.map(({ entry }) => ({ way, entry }));
  });
}

function labelsOf(model: ContentModel | undefined, models: ContentModels): Labels {
  // The name of a person is told only to webhooks that name the event, and never beside another entry.
  if (model === undefined || isSensitive(model.uid)) return { title: null, slug: null };
  const visible = visibleAttributes(model, models);
  const texts = visible.filter(([name, { type }]) => type === 'string' && name !== 'locale');
  const best = titles.find((title) => texts.some(([name]) => name === title));
  return {
    title: best ?? texts[0]?.[0] ?? null,
    slug: visible.find(([, { type }]) => type === 'uid')?.[0] ?? null,
  };
}
