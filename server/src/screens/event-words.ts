import { adminUserUid, endUserUid, fileUid, folderUid } from '../catalog';
import type { EventType } from '../catalog';
import type { Language } from '../wording';
import { say } from '../wording';

export interface EventWords {
  displayName: string;
  description: string;
}

type Worded = Pick<EventType, 'type' | 'source' | 'uid' | 'contentTypeName' | 'displayName' | 'description'>;

/** Content types of Strapi itself, which the catalog calls by another name than their own. */
const subjects: Readonly<Record<string, string>> = {
  [fileUid]: 'event.subject.file',
  [folderUid]: 'event.subject.folder',
  [endUserUid]: 'event.subject.user',
  [adminUserUid]: 'event.subject.admin',
};

/**
 * What an event type is called in the reader's language. In English, and where its words are those of the site builder,
 * as the catalog says it.
 */
export function eventWords(type: Worded, language: Language): EventWords {
  const { displayName, description } = type;
  if (language === 'en') return { displayName, description };
  if (type.source === 'content') return contentWords(type, language);
  const key = type.type.replaceAll('.', '_');
  // One that the site builder declares under a name of ours may mean something else.
  if (say('en', `event.known.${key}.name`, {}) !== displayName) return { displayName, description };
  return {
    displayName: say(language, `event.known.${key}.name`, {}) ?? displayName,
    description: say(language, `event.known.${key}.description`, {}) ?? description,
  };
}

function contentWords(type: Worded, language: Language): EventWords {
  const action = type.type.slice(type.type.lastIndexOf('.') + 1);
  const known = subjects[type.uid ?? ''];
  const subject = (known && say(language, known, {})) ?? type.contentTypeName ?? type.type;
  const write = (id: string): string | null => say(language, id, { subject });
  const sentences = [
    write(`event.content.${action}.description`),
    // Of localised types the English description says so too.
    type.description.includes('Each language') ? write('event.each_language') : null,
  ];
  return {
    displayName: write(`event.content.${action}.name`) ?? type.displayName,
    description: sentences.filter(Boolean).join(' ') || type.description,
  };
}

/** What an event is found by: its words in every language. */
export const searchWords = (type: Worded, languages: readonly Language[]): string =>
  languages
    .map((language) => eventWords(type, language))
    .flatMap(({ displayName, description }) => [displayName, description])
    .join('\n');
