import { useDebounce } from '@strapi/strapi/admin';
import { urlProblem } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useProblemText } from '../../api/useProblemText';
import { useText } from '../../text/useText';
import { useUrlCheck } from '../api';

const typingPauseMs = 500;

export type UrlVerdict =
  | { kind: 'none' }
  | { kind: 'checking' }
  | { kind: 'good'; isInbox: boolean }
  /** The name does not exist (yet): saving is allowed. */
  | { kind: 'warning'; text: string }
  | { kind: 'bad'; text: string };

/** The check of a URL while typing: its format after a pause, then its target. */
export function useUrlVerdict(url: string): UrlVerdict {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const settled = useDebounce(url.trim(), typingPauseMs);
  const problem = settled === '' ? null : urlProblem(settled);
  const canAsk = allowed.create || allowed.update;
  const { currentData: check } = useUrlCheck(settled, {
    skip: settled === '' || problem !== null || !canAsk,
  });

  if (url.trim() === '') return { kind: 'none' };
  if (settled !== url.trim()) return { kind: 'checking' };
  if (problem) return { kind: 'bad', text: problemText(problem) };
  if (!check) return { kind: 'checking' };
  if (check.rule === 'name')
    return { kind: 'warning', text: t('form.url.no_such_name', { host: check.host }) };
  if (check.ok) return { kind: 'good', isInbox: check.inbox };
  return { kind: 'bad', text: problemText(check.reason ?? '') };
}
