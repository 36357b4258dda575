import english from './en.json';
import ukrainian from './uk.json';

/**
 * One term for one thing: the words that CONTRIBUTING.md ("Words") gives up, each with the one that stands in its
 * place. A letter beside a Cyrillic word is `\p{L}`, since `\b` knows Latin letters only.
 */
const givenUp: Record<'en' | 'uk', readonly (readonly [pattern: RegExp, instead: string])[]> = {
  en: [
    // "Try again" and "Try it out" are what anybody would say to a person.
    [/\btr(?:y(?! again\b| it out\b)|ies|ied)\b/i, 'attempt'],
    [/\bsen[dt] (?:it |them |all )?again\b|\bsending again\b|^send now$/i, 'resend'],
    [/\bretry (?:all|selected|it|now)\b/i, 'resend'],
    [/\bgo(?:es)? on\b/i, 'resume, continue'],
    [/\bheld\b|\bmade to wait\b|\bhas to wait\b/i, 'on hold'],
    [/\baway from home\b|\bat home\b/i, 'other installation'],
    [/\bturned off by\b/i, 'off, disabled automatically'],
    [/\bwho delivers\b/i, 'delivery queue'],
    [/\bwho is told\b/i, 'e-mail alerts'],
    [/\bhow long things\b/i, 'data retention'],
    [/\bendpoint\b|\btarget\b/i, 'receiver'],
    [/\bkind of event\b|\bevents? of this kind\b/i, 'event type'],
    [/\bby hand\b/i, 'manually'],
    [/\bby (?:itself|themselves)\b/i, 'automatically'],
    [/\bstays so\b/i, 'keeps happening'],
    [/\bnothing needs (?:doing|changing)\b/i, 'no action needed'],
    [/\bcannot be told\b/i, 'unknown'],
    [/\bfits?\b/i, 'match'],
    [/\bin line\b/i, 'waiting its turn'],
    [/\bwhat (?:waits|waited|stands|holds)\b/i, 'waiting deliveries'],
    [/\bbetween is missing\b/i, 'intermediate'],
    [/\b(?:whole|stored) address\b/i, 'URL'],
    [/\btyping error\b/i, 'typo'],
  ],
  uk: [
    [/отримувач/i, 'одержувач'],
    [/(?:надісла|надсила|відправ)\p{L}* знову|знову надісла/iu, 'надіслати повторно'],
    [/буде повтор(?!\p{L})/iu, 'буде ще спроба'],
    [/вдома/i, 'інша інсталяція'],
    [/вимкнено вами|вимкнено системою|вимкнула система/i, 'вимкнено вручну, вимкнено автоматично'],
    [/затримано|муси(?:ть|в) чекати/i, 'на паузі'],
    [/хто доставляє/i, 'черга доставок'],
    [/кого повідомляти/i, 'сповіщення на пошту'],
    [/скільки що/i, 'терміни зберігання'],
    [/описк/i, 'друкарська помилка'],
    [/(?:термін|час)\p{L}*(?: \S+){0,2} вийшов/iu, 'термін дії минув, час очікування вичерпано'],
    [/на повну(?!\p{L})/iu, 'без обмежень'],
    [/сам[аео]? собою/i, 'автоматично'],
    [/перепочити|почува|достука|негаразд/i, 'прямо, без образів'],
    [/не мине/i, 'якщо це повторюється'],
    [/не довіряють/i, 'ненадійний'],
    [/адреса є секретом/i, 'адреса секретна'],
  ],
};

const texts: Record<'en' | 'uk', Record<string, string>> = { en: english, uk: ukrainian };

describe.each(['en', 'uk'] as const)('the words on the screens (%s)', (language) => {
  it.each(givenUp[language])('do without %s', (pattern, instead) => {
    const found = Object.entries(texts[language]).filter(([, text]) => pattern.test(text));
    expect({ instead, found }).toEqual({ instead, found: [] });
  });
});
