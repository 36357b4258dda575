import type { SingleCondition, WebhookConditions } from '../../../../../contracts';
import { isGroup, membersOf, modeOf, type Member } from './groups';

/** A part of a sentence; what was chosen stands out. */
export interface SentencePart {
  text: string;
  strong: boolean;
}

interface SentenceWords {
  /** "Customer → Country". */
  subject: (condition: SingleCondition) => string;
  /** "is greater than 100". */
  wanted: (condition: SingleCondition) => string;
  and: string;
  or: string;
}

/** The conditions as one sentence, without its beginning and its full stop. */
export function conditionSentence(conditions: WebhookConditions, words: SentenceWords): SentencePart[] {
  const plain = (text: string): SentencePart => ({ text, strong: false });
  const single = (condition: SingleCondition): SentencePart[] => [
    { text: words.subject(condition), strong: true },
    plain(` ${words.wanted(condition)}`),
  ];
  const joined = (parts: SentencePart[][], mode: 'all' | 'any'): SentencePart[] =>
    parts.flatMap((part, index) =>
      index === 0 ? part : [plain(` ${mode === 'all' ? words.and : words.or} `), ...part],
    );
  return joined(
    membersOf<Member>(conditions).map((member) => {
      if (!isGroup(member)) return single(member);
      const inner = joined(membersOf(member).map(single), modeOf(member));
      return membersOf(member).length > 1 ? [plain('('), ...inner, plain(')')] : inner;
    }),
    modeOf(conditions),
  );
}
