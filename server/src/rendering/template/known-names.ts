import type { Template } from 'liquidjs';
import { isObject } from '../standard-body';
import { TextFault, placeAt } from '../template-error';
import type { Compiled } from './compile';
import { rootOf } from './compile';
import { wordOf } from './secret-name';
import { suggestionFor } from './suggestion';
import type { PropertyAccess } from './walk';
import { walk } from './walk';

/** What a name is in each sample; an empty list: nothing is known of it, so nothing is said about what follows. */
type Meanings = readonly unknown[];

/** Names that every list and text has. */
const ofLists = ['size', 'first', 'last'];

/**
 * Names that no sample has: probably misspelt. Names that a template makes itself are followed where that is plain:
 * `for tag in entry.tags` makes `tag` one of the tags.
 */
export function unknownNames(
  { templates, text }: Compiled,
  scopes: readonly Record<string, unknown>[],
): TextFault[] {
  const faults: TextFault[] = [];
  const locals = new Map<string, Meanings>();
  const meaningOf = (path: PropertyAccess, told: boolean): Meanings => {
    const [root, ...rest] = path.props;
    const name = root && path.variable === undefined ? wordOf(root) : null;
    if (name === null || name === 'secret') return [];
    let meanings =
      locals.get(name) ?? scopes.filter((scope) => Object.hasOwn(scope, name)).map((scope) => scope[name]);
    if (meanings.length === 0 && !locals.has(name) && scopes.length > 0) {
      if (told)
        faults.push(unknown(text, path.begin, [name], [...locals.keys(), ...Object.keys(scopes[0] ?? {})]));
      return [];
    }
    const whole = [name];
    for (const prop of rest) {
      const part = wordOf(prop);
      if (part === null) return [];
      whole.push(part);
      const objects = meanings.filter(isObject);
      const known = objects.filter((object) => Object.hasOwn(object, part));
      const isNoName = objects.length < meanings.length || objects.length === 0 || ofLists.includes(part);
      if (known.length === 0 && !isNoName) {
        if (told)
          faults.push(
            unknown(
              text,
              prop.begin,
              whole,
              objects.flatMap((object) => Object.keys(object)),
            ),
          );
        return [];
      }
      meanings = known.map((object) => object[part]).filter((value) => value !== null && value !== undefined);
    }
    return meanings;
  };
  walk(templates, {
    tag: (_name, template) => learn(template, (path) => meaningOf(path, false), locals),
    path: (path, { optional }) => rootOf(path) !== 'forloop' && meaningOf(path, !optional),
  });
  return faults;
}

/** `whole` ends with the name that is unknown. */
function unknown(
  text: string,
  offset: number,
  whole: readonly string[],
  known: readonly string[],
): TextFault {
  const name = whole.at(-1) ?? '';
  const message = `the sample has nothing called “${name}”; it is sent as nothing`;
  const suggestion = suggestionFor(name, [...new Set(known)]);
  return new TextFault(message, placeAt(text, offset), suggestion, whole.join('.'));
}

/** What a tag calls something, and what that is. */
function learn(
  template: Template,
  meaningOf: (path: PropertyAccess) => Meanings,
  locals: Map<string, Meanings>,
): void {
  for (const local of template.localScope?.() ?? []) locals.set(local.content, []);
  for (const block of template.blockScope?.() ?? []) {
    const [collection] = template.arguments?.() ?? [];
    const path = collection as unknown as PropertyAccess | undefined;
    const items =
      path && 'props' in path
        ? meaningOf(path).flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
        : [];
    locals.set(block, block === 'forloop' ? [] : items);
  }
}
