import { useDebounce } from '@strapi/strapi/admin';
import { urlProblem } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useProblemText } from '../../hooks/useProblemText';
import { useText } from '../../hooks/useText';
import { useUrlCheck } from '../../services/webhooks';

const typingPauseMs = 500;

export type UrlVerdict =
  | { kind: 'none' }
  | { kind: 'checking' }
  | { kind: 'good'; isInbox: boolean }
  /** The name does not exist (yet): saving is allowed. */
  | { kind: 'warning'; text: string }
  | { kind: 'bad'; text: string };

/** What is to be said of an address while it is typed: its form at a pause, then where it leads. */
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
