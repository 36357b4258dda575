import { LiquidError, toValueSync } from 'liquidjs';
import { RenderFault, TextFault, placeAt } from '../template-error';
import type { Budget } from './budget';
import type { Compiled } from './compile';
import { RenderContext } from './context';
import type { Surroundings } from './context';
import { engine } from './engine';
import { BesideValue, JsonSink, PathSink, TextSink } from './sinks';

export type Place = 'json' | 'path' | 'text';

const sinks = { json: JsonSink, path: PathSink, text: TextSink } as const;

/** Renders one text for the place where it will stand. Throws a TextFault. */
export function renderText(
  compiled: Compiled,
  place: Place,
  surroundings: Surroundings,
  budget: Budget,
): string {
  const [fault] = compiled.faults;
  if (fault) throw fault;
  const sink = new sinks[place](budget);
  try {
    const context = new RenderContext(engine, surroundings, budget);
    toValueSync(engine.renderer.renderTemplates([...compiled.templates], context, sink));
  } catch (error) {
    throw renderFault(error, compiled.text);
  }
  if (!(sink instanceof JsonSink) || sink.buffer.trim() === '') return sink.buffer;
  return sink.checked(compiled.text);
}

/** Only our own messages are passed on: others may quote a value. */
function renderFault(error: unknown, text: string): TextFault {
  const { token, originalError } = error as {
    token?: { begin?: unknown; kind?: unknown };
    originalError?: unknown;
  };
  const thrown = LiquidError.is(error) ? originalError : error;
  if (thrown instanceof TextFault) return thrown;
  const offset =
    thrown instanceof BesideValue ? thrown.offset : typeof token?.begin === 'number' ? token.begin : null;
  const place = offset === null ? null : placeAt(text, offset);
  return new TextFault(thrown instanceof RenderFault ? thrown.message : plainWords(thrown), place);
}

function plainWords(thrown: unknown): string {
  if (thrown instanceof RangeError) return 'the data stands in itself too deep';
  if (thrown instanceof Error && thrown.message.endsWith('limit exceeded'))
    return 'needs too much time or memory';
  return 'this cannot be rendered';
}
