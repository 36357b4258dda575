import type { ReactNode } from 'react';
import { Accordion, Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { EventTypeView } from '../../../../contracts';
import { AccordionItem } from '../../ui/AccordionItem';
import { Mono } from '../../ui/Mono';

interface EventItemProps {
  event: EventTypeView;
  renderBadge?: (event: EventTypeView) => ReactNode;
  renderDetails: (event: EventTypeView) => ReactNode;
}

/** One event of the catalog: name, type and description; expanded, the result of `renderDetails`. */
export function EventItem({ event, renderBadge, renderDetails }: EventItemProps) {
  return (
    <AccordionItem value={event.type}>
      <Accordion.Header>
        <Accordion.Trigger>
          <Line>
            <Typography fontWeight="bold" textColor="inherit">
              {event.displayName}
            </Typography>
            <Mono variant="pi" textColor="neutral600" fontWeight="regular">
              {event.type}
            </Mono>
          </Line>
          <Description variant="pi" textColor="neutral600" fontWeight="regular">
            {event.description}
          </Description>
        </Accordion.Trigger>
        {renderBadge && <Accordion.Actions>{renderBadge(event)}</Accordion.Actions>}
      </Accordion.Header>
      <Accordion.Content>
        <Box padding={4}>{renderDetails(event)}</Box>
      </Accordion.Content>
    </AccordionItem>
  );
}

const Line = styled.span`
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0.8rem;
  white-space: normal;
`;

const Description = styled(Typography)`
  display: block;
  white-space: normal;
  padding-top: 0.4rem;
`;
