import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import ts from 'typescript';
import english from './en.json';

/** Names that a text cannot be written without; tags too. */
function valuesOf(text: string): Set<string> {
  const found = new Set<string>();
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(element.value);
      if (element.type === TYPE.tag) visit(element.children);
      if (element.type === TYPE.plural || element.type === TYPE.select)
        Object.values(element.options).forEach(({ value }) => visit(value));
    }
  };
  visit(parse(text));
  return found;
}

interface Call {
  place: string;
  /** What the texts that are asked for are called: one, or all that fit a template. */
  id: RegExp;
  /** Null where they are put together elsewhere. */
  given: Set<string> | null;
}

const escaped = (text: string): string => text.replaceAll('.', '\\.');

/** The texts that an expression may name; a choice may name several. Nothing where it is no text at all. */
function idsOf(node: ts.Expression): RegExp[] {
  if (ts.isStringLiteralLike(node)) return [new RegExp(`^${escaped(node.text)}$`)];
  if (ts.isConditionalExpression(node)) return [...idsOf(node.whenTrue), ...idsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return idsOf(node.expression);
  if (!ts.isTemplateExpression(node)) return [];
  const parts = node.templateSpans.map(({ literal }) => `[\\w]+${escaped(literal.text)}`);
  return [new RegExp(`^${escaped(node.head.text)}${parts.join('')}$`)];
}

function givenBy(node: ts.Expression | undefined): Set<string> | null {
  if (!node) return new Set();
  if (!ts.isObjectLiteralExpression(node)) return null;
  const names = node.properties.map((property) => property.name?.getText() ?? null);
  return names.includes(null) ? null : new Set(names as string[]);
}

function callsIn(file: string): Call[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ['t', 'rich'].includes(node.expression.getText())) {
      const [id, values] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const place = `${relative(join(__dirname, '..'), file)}:${line + 1}`;
      const given = givenBy(values);
      calls.push(...(id ? idsOf(id) : []).map((name) => ({ place, id: name, given })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });

/** `{{count} …` is shown raw where one of its values is missing: react-intl writes the text as it stands then. */
it('every text is asked for with all the values that it names', () => {
  const texts = Object.entries(english).map(([id, text]) => ({ id, values: valuesOf(text) }));
  const calls = files(join(__dirname, '..')).flatMap(callsIn);
  expect(calls.length).toBeGreaterThan(400);
  const missing = calls.flatMap(({ place, id, given }) => {
    const asked = texts.filter((text) => id.test(text.id));
    // Of a template it is not known here which texts are meant by it: what all of them name is needed for certain.
    const names = [...(asked[0]?.values ?? [])].filter((name) =>
      asked.every(({ values }) => values.has(name)),
    );
    const lacking = names.filter((name) => given !== null && !given.has(name));
    return lacking.length > 0 ? [`${place}: ${asked[0]?.id} needs ${lacking.join(', ')}`] : [];
  });
  expect(missing).toEqual([]);
});
