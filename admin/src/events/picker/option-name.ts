import type { Texts } from '../../text/useText';
import type { EventOption } from '../event-options';

/** The label of an entry of the Event field. */
export function optionName(option: EventOption, t: Texts['t']): string {
  if (option.event) return option.event.displayName;
  if (option.wildcard?.kind === 'everything') return t('event.everything');
  if (option.wildcard?.kind === 'everything_published') {
    return t('event.anything', { verb: t('sentence.verb.published') });
  }
  if (option.wildcard?.kind === 'everything_affected') {
    return t('event.anything', { verb: t('sentence.verb.affected') });
  }
  if (option.wildcard?.kind === 'type') return t('event.everything_of', { name: option.wildcard.typeName });
  return option.value;
}
