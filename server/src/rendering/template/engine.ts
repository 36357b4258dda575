import { Liquid, LiquidError, ParseError, Parser, RenderError, TypeGuards } from 'liquidjs';
import type { Context, Emitter, Operators, Template, TopLevelToken } from 'liquidjs';
import { registerFilters } from '../filters';
import { templateLimits } from '../../../../contracts';
import { RenderFault } from '../template-error';
import { CountedCase } from './counted-case';
import { RenderContext } from './context';
import { TextNode, ValueNode } from './nodes';
import { operators } from './operators';
import { TextSink } from './sinks';

/** All others are taken away: those that read files, and those that nobody needs for a request. */
export const allowedTags = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'for',
  'if',
  'raw',
  'unless',
  '#',
] as const;

/** How deep tags stand in each other. A parser that calls itself ends somewhere; this is before that. */
const deepest = 30;

/** Of Liquid's own counters; `Budget` is stricter, except for what Liquid does before it asks. */
const liquidLimits = {
  parseLimit: templateLimits.length,
  renderLimit: 5_000,
  memoryLimit: 1_000_000,
} as const;

function createEngine(): Liquid {
  const liquid = new Liquid({
    ...liquidLimits,
    ownPropertyOnly: true,
    // `compile` refuses unknown filters, with the place of each.
    strictFilters: false,
    strictVariables: false,
    // The only source of partial templates, so that none is looked for in files.
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    timezoneOffset: 0,
    locale: 'en',
    operators: operators as Operators,
  });
  for (const name of Object.keys(liquid.tags)) {
    if (!(allowedTags as readonly string[]).includes(name)) delete liquid.tags[name];
  }
  liquid.registerTag('case', CountedCase);
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name);
  registerFilters(liquid);
  countSteps(liquid);
  return liquid;
}

/** Every tag renders its inside by this one function: here each round of a loop is counted, and each tag in it. */
function countSteps({ renderer }: Liquid): void {
  renderer.renderTemplates = function* (templates: Template[], context: Context, given?: Emitter) {
    if (!(context instanceof RenderContext)) throw new RenderFault('cannot be rendered here');
    const { budget } = context;
    // `capture` brings no emitter. What it takes is a text, wherever it is written later.
    const emitter = given ?? new TextSink(budget);
    budget.step();
    for (const template of templates) {
      try {
        budget.step();
        const text: unknown = yield template.render(context, emitter);
        if (text) emitter.write(text);
      } catch (thrown) {
        if (LiquidError.is(thrown) || !(thrown instanceof Error)) throw thrown;
        throw new RenderError(thrown, template as TemplateWithToken);
      }
      if (context.breakCalled || context.continueCalled) break;
    }
    return (emitter as { buffer?: string }).buffer;
  };
}

type TemplateWithToken = ConstructorParameters<typeof RenderError>[1];

/** Parses outputs and texts as nodes that tell the sink which is which; counts how deep tags are. */
export class TemplateParser extends Parser {
  private depth = 0;

  constructor() {
    super(engine);
  }

  override parseToken(token: TopLevelToken, rest: TopLevelToken[]): ReturnType<Parser['parseToken']> {
    if (TypeGuards.isOutputToken(token)) return valueNode(token);
    if (TypeGuards.isHTMLToken(token))
      return new TextNode(token) as unknown as ReturnType<Parser['parseToken']>;
    if (this.depth >= deepest) throw new RenderFault(`tags stand in each other more than ${deepest} deep`);
    this.depth++;
    try {
      return super.parseToken(token, rest);
    } finally {
      this.depth--;
    }
  }
}

function valueNode(token: ConstructorParameters<typeof ValueNode>[0]): ValueNode {
  try {
    return new ValueNode(token, engine);
  } catch (error) {
    throw LiquidError.is(error) || !(error instanceof Error) ? error : new ParseError(error, token);
  }
}

export const engine = createEngine();
