/**
 * A CHANGE AGAINST A RULE: pure. The rules' schema, the values that they are judged by, the verdict, and the sentence
 * that tells a rule. It knows no content type and no webhook.
 */
export { evaluate, fieldsOf, findingsOf, judgeConditions } from './evaluate';
export { conditionPaths, factsOfEvent, factsTell } from './event-facts';
export type { JudgedEvent } from './event-facts';
export { facts, plain } from './facts';
export { ruleSchema } from './rule-schema';
export { conditionWords, ruleSentence, sentence } from './sentence';
export { contentActions } from './types';
export type {
  ChangeCircumstances,
  ChangeFacts,
  Clause,
  Condition,
  ContentAction,
  FieldValue,
  Rule,
  Verdict,
} from './types';
