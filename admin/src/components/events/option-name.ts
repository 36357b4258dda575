import type { Texts } from '../../hooks/useText';
import type { EventOption } from '../../values/event-options';

/** What an entry of the Event field is called. */
export function optionName(option: EventOption, t: Texts['t']): string {
  if (option.event) return option.event.displayName;
  if (option.wildcard?.kind === 'everything') return t('event.everything');
  if (option.wildcard?.kind === 'everything_published') {
    return t('event.anything', { verb: t('sentence.verb.published') });
  }
  if (option.wildcard?.kind === 'type') return t('event.everything_of', { name: option.wildcard.typeName });
  return option.value;
}
