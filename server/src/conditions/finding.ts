import type { ConditionFound } from '../../../contracts';

/** The result of one condition. `because` states the facts, so that it reads the same under a `not`. */
export interface Finding {
  truth: boolean | 'unknown';
  because: string;
}

/** The result of a single condition, with the values that it was compared with. */
export interface SingleFinding extends Finding {
  found: ConditionFound;
}

/** Three-valued logic (Kleene): one false operand decides, otherwise one unknown operand does. */
export const every = (findings: readonly Finding[]): Finding =>
  decided(findings, false) ?? decided(findings, 'unknown') ?? { truth: true, because: reasons(findings) };

export const either = (findings: readonly Finding[]): Finding =>
  decided(findings, true) ?? decided(findings, 'unknown') ?? { truth: false, because: reasons(findings) };

export function opposite<Of extends Finding>(finding: Of): Of {
  return { ...finding, truth: finding.truth === 'unknown' ? finding.truth : !finding.truth };
}

function decided(findings: readonly Finding[], truth: Finding['truth']): Finding | undefined {
  const those = findings.filter((finding) => finding.truth === truth);
  return those.length === 0 ? undefined : { truth, because: reasons(those) };
}

const reasons = (findings: readonly Finding[]): string =>
  [...new Set(findings.map(({ because }) => because).filter((because) => because !== ''))].join('; ');
