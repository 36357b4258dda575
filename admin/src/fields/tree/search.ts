import { fieldTreeLimits } from '../../../../contracts';
import { own, type Models, type PartAttribute, type Place } from './models';
import { keyOf, keyOfComponent } from './rows';

// With more of them one types another word; and a site whose relations lead everywhere has very many fields.
const foundAtMost = 50;
const visitedAtMost = 20_000;

export interface Found {
  /** Keys of what was found, and of all that leads there. */
  shown: ReadonlySet<string>;
  /** Keys of what must be unfolded for it. */
  opened: ReadonlySet<string>;
  /** There is more, which is not shown. */
  isCut: boolean;
}

interface Visit {
  uid: string;
  place: Place;
  /** Keys that lead there. */
  above: readonly string[];
  /** Words that lead there. */
  text: string;
}

/** The fields that have every word of what is typed in their names and those of what leads to them; the nearest first. */
export function searched(models: Models, uid: string, typed: string): Found {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const shown = new Set<string>();
  const opened = new Set<string>();
  const queue: Visit[] = [{ uid, place: [], above: [], text: '' }];
  let found = 0;
  let visited = 0;

  const take = (key: string, ownText: string, text: string, above: readonly string[]) => {
    visited += 1;
    const isFound =
      words.every((word) => text.includes(word)) && words.some((word) => ownText.includes(word));
    if (!isFound) return;
    found += 1;
    for (const each of [key, ...above]) shown.add(each);
    for (const each of above) opened.add(each);
  };
  const textOf = (...names: string[]) => names.join(' ').toLocaleLowerCase();

  for (let visit = queue.shift(); visit; visit = queue.shift()) {
    const { place, above } = visit;
    for (const attribute of own(models, visit.uid)?.attributes ?? []) {
      if (found >= foundAtMost || visited >= visitedAtMost) return { shown, opened, isCut: true };
      const key = keyOf(place, attribute.name);
      const ownText = textOf(attribute.label, attribute.name);
      const text = `${visit.text} ${ownText}`;
      take(key, ownText, text, above);
      if (attribute.kind === 'scalar' || place.length >= fieldTreeLimits.depth) continue;
      const { name, kind, target = '', components = [] } = attribute as PartAttribute;
      if (kind !== 'zone') {
        queue.push({ uid: target, place: [...place, { part: name }], above: [...above, key], text });
        continue;
      }
      for (const component of components) {
        const inner = keyOfComponent(place, name, component);
        const innerText = textOf(own(models, component)?.name ?? '', component);
        take(inner, innerText, `${text} ${innerText}`, [...above, key]);
        queue.push({
          uid: component,
          place: [...place, { part: name, on: component }],
          above: [...above, key, inner],
          text: `${text} ${innerText}`,
        });
      }
    }
  }
  return { shown, opened, isCut: false };
}
