export interface Choice {
  value: string;
  label: string;
}

/** The choices that have every word of what is typed in them, in any order and any case; all where nothing is typed. */
export function shownChoices<Of extends Choice>(choices: readonly Of[], typed: string): readonly Of[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter(({ label, value }) => {
    const text = `${label} ${value}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
