import { Flex, LinkButton } from '@strapi/design-system';
import { Code, Cog, Filter, Key, Link as LinkIcon, Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { FailureCode, HttpExchange } from '../../../contracts';
import { useAllowed } from '../api/useAllowed';
import { formPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { failurePlaces, redirectTarget, type FailurePlace } from './failure-remedy';

const icons = {
  url: <LinkIcon aria-hidden />,
  conditions: <Filter aria-hidden />,
  sending: <Code aria-hidden />,
  secret: <Key aria-hidden />,
  headers: <Plus aria-hidden />,
  delivery: <Cog aria-hidden />,
} as const satisfies Record<FailurePlace, unknown>;

interface FailureRemediesProps {
  webhookId: number;
  failure: { code: FailureCode; status: number | null };
  /** Where it is known, the address that a redirect names is filled in. */
  exchange?: HttpExchange;
}

/** What is advised about a failure, as buttons that lead to where it is done. */
export function FailureRemedies({ webhookId, failure, exchange }: FailureRemediesProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const places = failurePlaces(failure);
  if (!allowed.update || places.length === 0) return null;
  const target = exchange ? redirectTarget(exchange) : null;
  return (
    <Flex gap={2} wrap="wrap" paddingTop={2}>
      {places.map((place) => (
        <LinkButton
          key={place}
          tag={Link}
          size="S"
          variant="tertiary"
          to={formPath(webhookId, place, place === 'url' ? target : null)}
          startIcon={icons[place]}
        >
          {t(`failure.place.${place}`)}
        </LinkButton>
      ))}
    </Flex>
  );
}
