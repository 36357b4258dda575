import { TypeGuards, Value, toValueSync } from 'liquidjs';
import type { Template, Token } from 'liquidjs';
import { ValueNode } from './nodes';

type PropertyAccess = Token & { props: readonly Token[]; variable?: Token };
type Range = Token & { lhs: Token; rhs: Token };

/** What is found in a parsed template, each in the order of the text. */
export interface Visitor {
  /** `inCapture`: what it writes is kept in a variable. */
  output?(node: ValueNode, inCapture: boolean): void;
  tag?(name: string, template: Template): void;
  filter?(name: string, offset: number): void;
  path?(path: PropertyAccess, use: PathUse): void;
  range?(range: Range): void;
}

export interface PathUse {
  /** The output that consists of nothing but this path and its filters; null elsewhere. */
  of: ValueNode | null;
  /** `default` says what is taken if it is missing. */
  optional: boolean;
}

export type { PropertyAccess, Range };

/** Visits every tag, value, filter, path and range of a template, those within others too. */
export function walk(templates: readonly Template[], visitor: Visitor, inCapture = false): void {
  for (const template of templates) {
    const output = template instanceof ValueNode ? template : null;
    const name = (template as { name?: unknown }).name;
    if (output) visitor.output?.(output, inCapture);
    else if (typeof name === 'string') visitor.tag?.(name, template);
    for (const argument of template.arguments?.() ?? []) walkArgument(argument, visitor, output);
    const children = template.children?.(false, true);
    if (children) {
      const inside: Template[] = toValueSync(children as Generator<unknown, Template[]>);
      walk(inside, visitor, inCapture || name === 'capture');
    }
  }
}

const plainly: PathUse = { of: null, optional: false };

function walkArgument(argument: unknown, visitor: Visitor, output: ValueNode | null): void {
  if (!(argument instanceof Value)) return walkToken(argument as Token, visitor, plainly);
  const optional = argument.filters.some(({ name }) => name === 'default');
  const of = output !== null && argument.initial.postfix.length === 1 ? output : null;
  for (const token of argument.initial.postfix) walkToken(token, visitor, { of, optional });
  for (const filter of argument.filters) {
    // Where it stands is private to Liquid's own class.
    visitor.filter?.(filter.name, (filter as unknown as { token: Token }).token.begin);
    for (const given of filter.args) {
      const token: unknown = Array.isArray(given) ? given[1] : given;
      if (token) walkToken(token as Token, visitor, { of: null, optional });
    }
  }
}

function walkToken(token: Token, visitor: Visitor, use: PathUse): void {
  if (TypeGuards.isPropertyAccessToken(token)) {
    visitor.path?.(token, use);
    if (token.variable) walkToken(token.variable, visitor, plainly);
    for (const prop of token.props) walkToken(prop, visitor, plainly);
  } else if (TypeGuards.isRangeToken(token)) {
    visitor.range?.(token);
    walkToken(token.lhs, visitor, plainly);
    walkToken(token.rhs, visitor, plainly);
  }
}
