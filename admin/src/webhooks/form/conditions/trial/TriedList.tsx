import { useRef, type KeyboardEvent } from 'react';
import { Typography } from '@strapi/design-system';
import { CheckCircle, Cross } from '@strapi/icons';
import { styled } from 'styled-components';
import type { TriedEvent, WebhookConditions } from '../../../../../../contracts';
import { useMoment } from '../../../../text/useMoment';
import { useText } from '../../../../text/useText';
import { placedConditions } from '../../../../conditions/groups';
import { useChoices } from '../useChoices';
import { findingAt, findingsByPlace, whatPrevents } from '../verdicts';
import { useFindingWords } from './useFindingWords';

interface TriedListProps {
  conditions: WebhookConditions;
  tried: readonly TriedEvent[];
  chosen: number;
  onChoose: (index: number) => void;
}

/** The newest events, each with what would have become of it; one is chosen with the arrow keys too. */
export function TriedList({ conditions, tried, chosen, onChoose }: TriedListProps) {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: Math.min(chosen + 1, tried.length - 1),
      ArrowUp: Math.max(chosen - 1, 0),
      Home: 0,
      End: tried.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[next]?.focus();
  };
  return (
    <List ref={list} role="listbox" aria-label={t('only_when.trial.events')} onKeyDown={move}>
      {tried.map((event, index) => (
        <Line
          key={event.eventId ?? index}
          role="option"
          aria-selected={index === chosen}
          tabIndex={index === chosen ? 0 : -1}
          $chosen={index === chosen}
          onClick={() => onChoose(index)}
        >
          <EventLine conditions={conditions} event={event} />
        </Line>
      ))}
    </List>
  );
}

function EventLine({ conditions, event }: { conditions: WebhookConditions; event: TriedEvent }) {
  const { t } = useText();
  const momentText = useMoment();
  const reason = useReason(conditions, event);
  const fires = event.holds === true;
  return (
    <>
      {fires ? (
        <CheckCircle aria-hidden fill="success600" width="1.4rem" height="1.4rem" />
      ) : (
        <Cross aria-hidden fill="neutral500" width="1.2rem" height="1.2rem" />
      )}
      <Typography ellipsis fontWeight={fires ? 'bold' : undefined}>
        {event.entryName ?? event.eventName}
      </Typography>
      <Typography
        variant="pi"
        fontWeight={fires ? 'bold' : undefined}
        textColor={fires ? 'success700' : 'neutral600'}
        style={{ overflowWrap: 'anywhere' }}
      >
        {fires ? t('only_when.trial.would_have_fired') : reason}
      </Typography>
      <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
        {momentText(event.occurredAt)}
      </Typography>
    </>
  );
}

/** The first condition that is not true, by what was found. */
function useReason(conditions: WebhookConditions, event: TriedEvent): string {
  const { t, intl } = useText();
  const { choices } = useChoices();
  const findingWords = useFindingWords(choices);
  const findings = findingsByPlace(event.findings);
  const all = placedConditions(conditions);
  const reasons = whatPrevents(conditions, findings).flatMap((place) => {
    const finding = findingAt(findings, place);
    const placed = all.find((candidate) => candidate.place.join('.') === place.join('.'));
    return finding && placed ? [findingWords(placed.condition, finding, event)] : [];
  });
  return reasons.length > 0
    ? intl.formatList(reasons, { type: 'unit' })
    : t('only_when.trial.would_not_have_fired');
}

/** One grid for all lines, so that moments of other days, which are longer, move no column of theirs alone. */
const List = styled.div`
  display: grid;
  grid-template-columns: auto minmax(0, 2fr) minmax(0, 4fr) auto;
  column-gap: 1.2rem;
  align-content: start;
  margin: 0 -1.2rem;
`;

const Line = styled.div<{ $chosen: boolean }>`
  display: grid;
  grid-column: 1 / -1;
  grid-template-columns: subgrid;
  align-items: center;
  min-height: 3.2rem;
  padding: 0.4rem 1.2rem;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme, $chosen }) => ($chosen ? theme.colors.primary100 : 'transparent')};

  &:hover {
    background: ${({ theme, $chosen }) => ($chosen ? theme.colors.primary100 : theme.colors.neutral100)};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
