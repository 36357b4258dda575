import type { TemplateProblem } from '../../../contracts';

export interface TextPlace {
  /** From 1. */
  line: number;
  column: number;
}

/** Line and column of an offset, both from 1. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

/** What is wrong with one text of a template; the text itself does not know which part of the request it is. */
export class TextFault extends Error {
  constructor(
    message: string,
    readonly place: TextPlace | null,
    readonly suggestion: string | null = null,
    /** The whole name that no sample has. */
    readonly unknown: string | null = null,
  ) {
    super(message);
    this.name = 'TextFault';
  }
}

/** What a filter or a limit refuses, before it is known where. The message holds no value of the entry. */
export class RenderFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RenderFault';
  }
}

/** A template that cannot be rendered. The message is for people and holds no value of the entry. */
export class TemplateError extends Error {
  constructor(readonly problem: TemplateProblem) {
    super(problem.message);
    this.name = 'TemplateError';
  }

  static of(path: string, fault: TextFault): TemplateError {
    const { message, place, suggestion, unknown } = fault;
    const { line, column } = place ?? { line: null, column: null };
    const problem = { path, message, line, column, suggestion, warning: false };
    return new TemplateError(unknown === null ? problem : { ...problem, unknown });
  }
}
