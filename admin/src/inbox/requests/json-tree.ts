/** One line of a body shown as a tree. */
export type JsonNode =
  | { kind: 'value'; name: string; text: string; type: 'string' | 'number' | 'boolean' | 'null' }
  | { kind: 'branch'; name: string; type: 'object' | 'array'; children: JsonNode[] };

/** A parsed JSON value as a tree; `name` is its key. */
export function jsonTree(name: string, value: unknown): JsonNode {
  if (Array.isArray(value)) {
    const children = value.map((child: unknown, index) => jsonTree(String(index), child));
    return { kind: 'branch', name, type: 'array', children };
  }
  if (typeof value === 'object' && value !== null) {
    const children = Object.entries(value).map(([key, child]) => jsonTree(key, child));
    return { kind: 'branch', name, type: 'object', children };
  }
  return { kind: 'value', name, text: JSON.stringify(value) ?? 'null', type: typeOf(value) };
}

function typeOf(value: unknown): 'string' | 'number' | 'boolean' | 'null' {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'null';
}
