import type { Emitter } from 'liquidjs';
import { RenderFault, TextFault, placeAt } from '../template-error';
import { asJson, asText, percentEncoded } from './as-text';
import type { Budget } from './budget';
import { jsonFault } from './json-fault';

/**
 * Where a template is written to. Its own text comes in by `literal`, values by `value`: so each place can make values
 * safe by what was written before them, through every `if` and `for`.
 */
export abstract class Sink implements Emitter {
  buffer = '';

  constructor(protected readonly budget: Budget) {}

  /** `offset`: where the text stands in the template; null if that is not known. */
  literal(text: string, _offset: number | null): void {
    this.put(text);
  }

  abstract value(value: unknown, offset: number): void;

  /** What Liquid's own tags write is text of the template (`raw`). */
  write(text: unknown): void {
    if (typeof text === 'string') this.literal(text, null);
  }

  protected put(text: string): void {
    this.budget.written(this.buffer.length, text.length);
    this.buffer += text;
  }
}

/** Text: values stay as they are. */
export class TextSink extends Sink {
  value(value: unknown): void {
    this.put(asText(value));
  }
}

/**
 * A path: values are percent-encoded, so that a slash in a name begins no other segment. An empty one is refused: with
 * its last part missing, the address of one record is that of all records.
 */
export class PathSink extends Sink {
  value(value: unknown): void {
    const text = asText(value);
    if (text === '') throw new RenderFault('is empty, and a part of the path would be missing');
    this.put(percentEncoded(text));
  }
}

interface Segment {
  /** In the output. */
  from: number;
  /** In the template. */
  offset: number | null;
  literal: boolean;
}

/**
 * JSON. Within quotes a value is written as the inside of a JSON string, elsewhere as JSON with its type. What the
 * template itself has written decides where a value stands, since values cannot open or close a string.
 */
export class JsonSink extends Sink {
  private inString = false;
  /** How much of an escape is still to come; 0 outside of one. */
  private escaped = 0;
  /** The last character that is not blank; empty at the beginning. */
  private last = '';
  /** A value without quotes has been written, and nothing but blanks since. */
  private afterValue = false;
  private readonly segments: Segment[] = [];

  override literal(text: string, offset: number | null): void {
    const from = this.buffer.length;
    this.segments.push({ from, offset, literal: true });
    this.put(text);
    for (let at = 0; at < text.length; at++) {
      if (!this.read(text.charAt(at))) {
        throw new BesideValue(offset === null ? null : offset + at);
      }
    }
  }

  value(value: unknown, offset: number): void {
    this.segments.push({ from: this.buffer.length, offset, literal: false });
    if (this.inString) this.inQuotes(value);
    else this.withType(value);
  }

  /** Throws a TextFault, with the place in the template, if the whole is not JSON. */
  checked(template: string): string {
    try {
      JSON.parse(this.buffer);
      return this.buffer;
    } catch {
      const { message, at } = jsonFault(this.buffer);
      const segment = this.segments.findLast(({ from }) => from <= at);
      const offset = segment?.offset ?? null;
      const place =
        offset === null ? null : placeAt(template, segment?.literal ? offset + at - segment.from : offset);
      throw new TextFault(message, place);
    }
  }

  private inQuotes(value: unknown): void {
    // The backslash would take the first character of the value with it.
    if (this.escaped > 0) throw new RenderFault('follows a backslash; write two of them before a value');
    this.put(JSON.stringify(asText(value)).slice(1, -1));
  }

  private withType(value: unknown): void {
    if (this.afterValue || !['', '[', ',', ':'].includes(this.last)) throw new RenderFault(needsQuotes);
    this.put(asJson(value));
    this.afterValue = true;
  }

  /** False if the character would become a part of the value before it, or make a name of it. */
  private read(character: string): boolean {
    if (this.inString) this.readInString(character);
    else if (!blanks.has(character)) {
      if (this.afterValue && ![',', ']', '}'].includes(character)) return false;
      this.afterValue = false;
      this.inString = character === '"';
      this.last = character;
    }
    return true;
  }

  private readInString(character: string): void {
    if (this.escaped > 0)
      this.escaped = this.escaped === escapeBegins && character === 'u' ? 4 : noLess(this.escaped);
    else if (character === '\\') this.escaped = escapeBegins;
    else if (character === '"') this.inString = false;
  }
}

const blanks = new Set([' ', '\t', '\n', '\r']);
const needsQuotes = 'stands beside other text; put quotes around both';
/** Behind the backslash itself; 4 to 1 are the digits after `\u`. */
const escapeBegins = 5;
const noLess = (escaped: number): number => (escaped === escapeBegins ? 0 : escaped - 1);

/** Text of the template that would change the value before it. */
export class BesideValue extends RenderFault {
  constructor(readonly offset: number | null) {
    super(needsQuotes);
  }
}
