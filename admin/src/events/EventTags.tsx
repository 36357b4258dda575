import { Flex, Status, Tooltip, Typography } from '@strapi/design-system';
import { useText } from '../text/useText';
import { useCatalog } from './useCatalog';

const shown = 2;

/** That there is none; or the first two events by name, the others as "+3" with their names in a tooltip. */
export function EventTags({ events }: { events: readonly string[] }) {
  const { t } = useText();
  const { nameOf } = useCatalog();
  const hidden = events.slice(shown).map(nameOf);
  if (events.length === 0) return <Typography textColor="neutral600">{t('webhook.manual_only')}</Typography>;
  return (
    <Flex gap={1} wrap="wrap">
      {events.slice(0, shown).map((event) => (
        <Status key={event} variant="neutral" size="S">
          {nameOf(event)}
        </Status>
      ))}
      {hidden.length > 0 && (
        <Tooltip label={hidden.join(', ')}>
          <span tabIndex={0} aria-label={hidden.join(', ')}>
            <Status variant="neutral" size="S">
              {`+${hidden.length}`}
            </Status>
          </span>
        </Tooltip>
      )}
    </Flex>
  );
}
