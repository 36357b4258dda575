import { CaseTag, evalToken } from 'liquidjs';
import type { Context, Emitter } from 'liquidjs';
import { RenderFault } from '../template-error';
import { RenderContext } from './context';
import { isEqual } from './operators';

/** Liquid's `case`, which compares as `==` does, and renders the first branch that is equal only. */
export class CountedCase extends CaseTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    if (!(context instanceof RenderContext)) throw new RenderFault('cannot be rendered here');
    const given = yield this.value.value(context, false);
    for (const { values, templates } of this.branches) {
      for (const token of values) {
        context.budget.step();
        const value = yield evalToken(token, context, false);
        if (!isEqual(given, value, context.budget)) continue;
        yield this.liquid.renderer.renderTemplates(templates, context, emitter);
        return;
      }
    }
    yield this.liquid.renderer.renderTemplates(this.elseTemplates, context, emitter);
  }
}
