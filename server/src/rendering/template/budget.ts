import { RenderFault } from '../template-error';

/** What one request may cost. The first three are the same on every machine; time is the last resort. */
export const renderLimits = {
  /** Tags, values, filters and rounds of loops. */
  steps: 20_000,
  /** Characters that filters read and write. */
  characters: 16 * 1024 * 1024,
  /** Characters of one value, and of one rendered text. */
  output: 1024 * 1024,
  /** Items of one list that a filter makes. */
  items: 10_000,
  /** Of the processor, not of the clock: a busy machine must not fail a request. */
  cpuMs: 200,
} as const;

const msPerMicrosecond = 1 / 1000;

/** Counts what a rendering costs, and ends it with a RenderFault. */
export class Budget {
  private steps = 0;
  private characters = 0;
  private readonly startedAt = performance.now();
  private readonly cpuAtStart = process.cpuUsage();

  step(count = 1): void {
    this.steps += count;
    if (this.steps > renderLimits.steps) throw new RenderFault('takes too many steps; shorten its loops');
    this.time();
  }

  /** Of a filter's input or its result, or of what is written. */
  text(length: number): void {
    if (length > renderLimits.output) {
      throw new RenderFault(`becomes longer than ${renderLimits.output} characters`);
    }
    this.work(length);
  }

  /** What is looked at only, in characters. */
  work(length: number): void {
    this.characters += length;
    if (this.characters > renderLimits.characters) throw new RenderFault('handles too much text');
    this.time();
  }

  /** Of one rendered text, which has `before` characters already. */
  written(before: number, length: number): void {
    if (before + length > renderLimits.output) {
      throw new RenderFault(`makes the text longer than ${renderLimits.output} characters`);
    }
    this.text(length);
  }

  items(count: number): void {
    if (count > renderLimits.items)
      throw new RenderFault(`makes a list of more than ${renderLimits.items} items`);
    this.text(count);
  }

  private time(): void {
    if (performance.now() - this.startedAt < renderLimits.cpuMs) return;
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    if ((user + system) * msPerMicrosecond > renderLimits.cpuMs) throw new RenderFault('takes too long');
  }
}
