import type { Liquid } from 'liquidjs';
import { toValue } from 'liquidjs';
import { JsonText } from '../template/as-text';
import { RenderContext } from '../template/context';
import { RenderFault } from '../template-error';
import { escapeFilters } from './escapes';
import type { FilterBody } from './filter';
import { listFilters } from './lists';
import { numberFilters } from './numbers';
import { richTextFilters } from './rich-text';
import { textFilters } from './text';
import { valueFilters } from './values';

/** All that there are: Liquid's own are taken away, since some make a value of any size from a small one. */
const filters: Readonly<Record<string, FilterBody>> = {
  ...textFilters,
  ...escapeFilters,
  ...listFilters,
  ...numberFilters,
  ...valueFilters,
  ...richTextFilters,
};

export const filterNames: ReadonlySet<string> = new Set(Object.keys(filters));

/** Registers every filter so that its costs are counted before and after it runs. */
export function registerFilters(liquid: Liquid): void {
  for (const [name, body] of Object.entries(filters)) liquid.registerFilter(name, counted(body));
}

interface FilterThis {
  context: unknown;
}

function counted(body: FilterBody) {
  return function (this: FilterThis, value: unknown, ...args: unknown[]): unknown {
    const { context } = this;
    if (!(context instanceof RenderContext)) throw new RenderFault('cannot be rendered here');
    const { budget, surroundings } = context;
    budget.step();
    budget.text(lengthOf(value));
    const named = Object.fromEntries(args.filter(isNamed).map(([name, given]) => [name, toValue(given)]));
    const given = args.filter((argument) => !isNamed(argument)).map((argument): unknown => toValue(argument));
    const result = body({ value: toValue(value), given, named, budget, now: surroundings.now });
    budget.text(lengthOf(result));
    return result;
  };
}

/** Liquid hands in `[name, value]`. No list of an entry is mistaken for it: those hold no plain name at first. */
const isNamed = (argument: unknown): argument is [string, unknown] =>
  Array.isArray(argument) &&
  argument.length === 2 &&
  typeof argument[0] === 'string' &&
  namedArguments.has(argument[0]);
const namedArguments = new Set(['locale', 'timezone']);

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return value instanceof JsonText ? value.json.length : 0;
}
