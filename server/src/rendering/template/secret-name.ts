import { TypeGuards } from 'liquidjs';
import type { Output } from 'liquidjs';

/** `token` of `{{ secret.token }}`, without filters; null for all other values. */
export function secretName({ value }: Output): string | null {
  const [only, more] = value.initial.postfix;
  if (more !== undefined || value.filters.length > 0 || !only) return null;
  if (!TypeGuards.isPropertyAccessToken(only) || only.variable !== undefined) return null;
  const [root, name, deeper] = only.props;
  if (!root || !name || deeper || wordOf(root) !== 'secret') return null;
  return wordOf(name);
}

/** The name that stands in a path: `title` of `entry.title` and of `entry["title"]`; null if it is computed. */
export function wordOf(token: { getText(): string }): string | null {
  const typed = token as Parameters<typeof TypeGuards.isWordToken>[0];
  if (TypeGuards.isQuotedToken(typed)) return typed.content;
  if (TypeGuards.isNumberToken(typed)) return typed.getText();
  return TypeGuards.isWordToken(typed) ? typed.content : null;
}
