import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { failureCodes } from '../../../contracts';
import { explainedStatuses } from '../failures/failure-texts';
import { loadTexts } from '.';
import english from './en.json';
import ukrainian from './uk.json';

// ICU MessageFormat: `article` and `aux` exist for English grammar alone.
const grammarOfEnglish = new Set(['article', 'aux']);

type Texts = Record<string, string>;
const texts: Record<'en' | 'uk', Texts> = { en: english, uk: ukrainian };

interface Node {
  type: number;
  value?: unknown;
  children?: Node[];
  options?: Record<string, { value: Node[] }>;
}

/** The names between braces and the tags of one text, nested ones included. */
function placeholders(text: string, locale: string): string[] {
  const { formatters } = createIntl({ locale, messages: {} });
  const found = new Set<string>();
  const visit = (nodes: readonly Node[]) =>
    nodes.forEach((node) => {
      // 0 is plain text, 7 is the # of a plural (@formatjs/icu-messageformat-parser, `TYPE`).
      if (node.type !== 0 && node.type !== 7) found.add(String(node.value));
      visit(node.children ?? []);
      Object.values(node.options ?? {}).forEach((option) => visit(option.value));
    });
  visit(formatters.getMessageFormat(text, locale).getAst() as Node[]);
  return [...found].filter((name) => !grammarOfEnglish.has(name)).sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('translations', () => {
  it('are complete in Ukrainian', () => {
    expect(Object.keys(texts.uk)).toEqual(Object.keys(texts.en));
    expect(Object.entries(texts.uk).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(Object.keys(texts.en))('say the same with the same placeholders: %s', (id) => {
    expect(placeholders(texts.uk[id] ?? '', 'uk')).toEqual(placeholders(texts.en[id] ?? '', 'en'));
  });

  it('explain every failure by its cause and its remedy, in a few words too', () => {
    const explained = [...failureCodes, ...explainedStatuses.map((status) => `status_${status}`)];
    for (const code of explained) {
      for (const part of ['short', 'cause', 'remedy']) {
        expect(texts.en).toHaveProperty([`failure.${code}.${part}`]);
        expect(texts.uk).toHaveProperty([`failure.${code}.${part}`]);
      }
    }
  });

  it('hold every text that the screens ask for, and no other', () => {
    const source = [
      ...sources(join(__dirname, '..')),
      // Presets name their own texts.
      ...sources(join(__dirname, '../../../contracts/presets')),
      // The words of e-mails, which the server writes.
      readFileSync(join(__dirname, '../../../server/src/notices/notices.ts'), 'utf8'),
      readFileSync(join(__dirname, '../../../server/src/notices/mail-failure.ts'), 'utf8'),
      readFileSync(join(__dirname, '../../../server/src/screens/event-words.ts'), 'utf8'),
      // The sentences of conditions, which both write.
      readFileSync(join(__dirname, '../../../contracts/condition-phrases.ts'), 'utf8'),
      readFileSync(join(__dirname, '../../../contracts/condition-sentence.ts'), 'utf8'),
      readFileSync(join(__dirname, '../../../server/src/conditions/sentence.ts'), 'utf8'),
    ].join('\n');
    const asked = new Set<string>();
    for (const [, id] of source.matchAll(/['"]([a-z_]+(?:\.[\w:]+)*)['"]/g))
      if (id && id in texts.en) asked.add(id);
    const patterns = [...source.matchAll(/`([a-z_]+\.[\w.]*(?:\$\{[^}]+\}[\w.]*)+)`/g)].map(
      ([, template]) => {
        const escaped = (template ?? '').split(/\$\{[^}]+\}/).map((part) => part.replaceAll('.', '\\.'));
        return new RegExp(`^${escaped.join('[\\w:]+')}$`);
      },
    );
    const unused = Object.keys(texts.en).filter(
      (id) => !asked.has(id) && !patterns.some((pattern) => pattern.test(id)),
    );
    expect(unused).toEqual([]);

    const wanted = [...source.matchAll(/\b(?:t|rich)\(\s*'([^']+)'/g)].map(([, id]) => id);
    expect(wanted.filter((id) => id !== undefined && !(id in texts.en))).toEqual([]);
  });

  it('give English to a language that has no file of its own', async () => {
    const french = await loadTexts('fr');
    expect(french['event-webhooks.list.add']).toBe('Add new webhook');
  });
});
