import { parseUrl } from '../../../../contracts';
import type { Preset } from '../../../../contracts/presets';

/** The words under which a preset is found, in the administrator's language. */
export type WordsOf = (preset: Preset) => readonly string[];

/** Whether a URL was put into the search field: what is typed of one, too. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/./i.test(text.trim()) && parseUrl(text.trim()) !== null;
}

/** The presets that have every word of what is searched for. */
export function foundPresets(presets: readonly Preset[], search: string, wordsOf: WordsOf): Preset[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter((preset) => {
    const words = wordsOf(preset).join(' ').toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}
