import { Output, TypeGuards } from 'liquidjs';
import type { Context, Emitter, Liquid, Template, TopLevelToken } from 'liquidjs';
import { secretName } from './secret-name';
import { RenderContext } from './context';
import { Sink } from './sinks';

/** `{{ … }}`: hands its value to the sink as a value, where Liquid would write it as text. */
export class ValueNode extends Output {
  private readonly secret: string | null;

  constructor(token: ConstructorParameters<typeof Output>[0], liquid: Liquid) {
    super(token, liquid);
    this.secret = secretName(this);
  }

  override *render(context: Context, emitter: Emitter): IterableIterator<unknown> {
    if (!(emitter instanceof Sink) || !(context instanceof RenderContext)) return;
    if (this.secret !== null) emitter.value(context.surroundings.mark(this.secret), this.token.begin);
    else emitter.value(yield this.value.value(context, false), this.token.begin);
  }
}

/** Text of the template, with its place. */
export class TextNode implements Template {
  private readonly text: string;
  private readonly offset: number | null;

  constructor(readonly token: TopLevelToken) {
    this.text = TypeGuards.isHTMLToken(token) ? token.getContent() : token.getText();
    // Whitespace control (`{{-`) may have cut the beginning.
    const shift = token.getText().indexOf(this.text);
    this.offset = shift < 0 ? null : token.begin + shift;
  }

  render(_context: Context, emitter: Emitter): void {
    if (emitter instanceof Sink) emitter.literal(this.text, this.offset);
  }
}
