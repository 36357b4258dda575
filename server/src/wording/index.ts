/**
 * THE SERVER'S WORDS: e-mails and explanations of failures in the reader's language, from the very translations of the
 * screens. It holds no text of its own and decides nothing.
 */
export { explanationOf, failuresCalled } from './explanation';
export type { Failure } from './explanation';
export { readerLanguage } from './reader-language';
export { languageOf, languages, say } from './words';
export type { Language } from './words';
