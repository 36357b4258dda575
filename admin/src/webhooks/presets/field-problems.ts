import type { TemplateProblem } from '../../../../contracts';
import type { Preset } from '../../../../contracts/presets';
import { shownAnswer, type Answers } from './answers';

/** A mistake in a field of a preset, and where in the field it is. */
export interface FieldProblem {
  field: string;
  problem: TemplateProblem;
}

/** The mistakes of a template that were made in the fields of its preset, each at its place there. */
export function fieldProblems(
  preset: Preset,
  answers: Answers,
  problems: readonly TemplateProblem[],
): FieldProblem[] {
  return problems.flatMap((problem) => {
    const text = textAt(preset, problem.path);
    if (text === null || problem.line === null || problem.column === null) return [];
    const found = placeIn(preset, answers, text, problem.line, problem.column);
    return found
      ? [{ field: found.field, problem: { ...problem, line: found.line, column: found.column } }]
      : [];
  });
}

/** The text of a preset's template, with `«message»` in it, in which a mistake is. */
function textAt({ template, headers }: Preset, path: string): string | null {
  const [part, index] = path.split('.');
  if (part === 'body' || part === 'path' || part === 'method') return template?.[part] ?? null;
  if (part === 'query') return template?.query?.[Number(index)]?.value ?? null;
  return part === 'headers' ? (headers[Number(index)]?.value ?? null) : null;
}

interface Place {
  line: number;
  column: number;
}

/** Walks through the text as it was filled in, up to the field that has the place. */
function placeIn(
  preset: Preset,
  answers: Answers,
  text: string,
  line: number,
  column: number,
): (Place & { field: string }) | null {
  let at: Place = { line: 1, column: 1 };
  for (const [index, piece] of text.split(/«(\w+)»/).entries()) {
    const isField = index % 2 === 1;
    const shown = isField ? shownAnswer(preset, answers, piece) : piece;
    const filled = isField ? shown.trim() : piece;
    const end = after(at, filled);
    if (isField && !isBefore({ line, column }, at) && isBefore({ line, column }, end)) {
      const lead = after({ line: 1, column: 1 }, shown.slice(0, shown.length - shown.trimStart().length));
      const lines = line - at.line;
      return {
        field: piece,
        line: lead.line + lines,
        column: lines === 0 ? lead.column + column - at.column : column,
      };
    }
    at = end;
  }
  return null;
}

function after({ line, column }: Place, text: string): Place {
  const lines = text.split('\n');
  const last = lines.at(-1)?.length ?? 0;
  return lines.length === 1
    ? { line, column: column + last }
    : { line: line + lines.length - 1, column: last + 1 };
}

const isBefore = (a: Place, b: Place): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);
