import type { ReactNode } from 'react';
import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import { Archive, ArrowsCounterClockwise, ChevronRight, Lightning, Message } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';
import { css, styled } from 'styled-components';
import type { PresetGroup } from '../../../../contracts/presets';
import { useAllowed } from '../../api/useAllowed';
import { useTestInbox } from '../../inbox/useTestInbox';
import { pluginPath } from '../../pluginId';
import { useText } from '../../text/useText';

/** The URL of the form with a name and events filled in. */
const formWith = (values: Record<string, string>) => `${pluginPath}/new?${new URLSearchParams(values)}`;

/** The first step of adding a webhook, at one group of presets. */
const presetsFor = (group: PresetGroup) => `${pluginPath}/new#presets-${group}`;

/** Ways to begin, by intention and not by product. */
export function StartingPoints() {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const { make } = useTestInbox();

  const tryIt = async () => {
    const inbox = await make(t('start.try.name'));
    if (inbox) navigate(formWith({ name: t('start.try.name'), url: inbox.url }));
  };
  return (
    <Box tag="section" aria-labelledby="starting-points">
      <Typography variant="sigma" textColor="neutral600" tag="h2" id="starting-points" paddingBottom={4}>
        {t('start.title')}
      </Typography>
      <Grid.Root gap={4}>
        <Card
          icon={<Message aria-hidden />}
          title={t('start.tell.title')}
          body={t('start.tell.body')}
          to={presetsFor('tell')}
        />
        <Card
          icon={<ArrowsCounterClockwise aria-hidden />}
          title={t('start.rebuild.title')}
          body={t('start.rebuild.body')}
          to={presetsFor('site')}
        />
        <Card
          icon={<Lightning aria-hidden />}
          title={t('start.automate.title')}
          body={t('start.automate.body')}
          to={presetsFor('start')}
        />
        {allowed.inboxManage && allowed.inboxRead && (
          <Card
            icon={<Archive aria-hidden />}
            title={t('start.try.title')}
            body={t('start.try.body')}
            onClick={tryIt}
          />
        )}
      </Grid.Root>
    </Box>
  );
}

interface CardProps {
  icon: ReactNode;
  title: string;
  body: string;
  to?: string;
  onClick?: () => void;
}

function Card({ icon, title, body, to, onClick }: CardProps) {
  const content = (
    <Flex gap={3} alignItems="flex-start" padding={5}>
      <Flex
        width="3.2rem"
        height="3.2rem"
        shrink={0}
        justifyContent="center"
        background="primary100"
        color="primary600"
        hasRadius
      >
        {icon}
      </Flex>
      <Box flex="1">
        <Typography fontWeight="bold" tag="h3" textColor="neutral800">
          {title}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
          {body}
        </Typography>
      </Box>
      <ChevronRight
        aria-hidden
        width="1.2rem"
        fill="neutral600"
        style={{ alignSelf: 'center', flex: 'none' }}
      />
    </Flex>
  );
  return (
    <Grid.Item col={6} m={12} s={12} xs={12} direction="column" alignItems="stretch">
      {to ? (
        <CardLink to={to}>{content}</CardLink>
      ) : (
        <CardButton type="button" onClick={onClick}>
          {content}
        </CardButton>
      )}
    </Grid.Item>
  );
}

const surface = css`
  display: block;
  width: 100%;
  flex: 1;
  padding: 0;
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  text-align: left;
  text-decoration: none;
  cursor: pointer;

  &:hover {
    border-color: ${({ theme }) => theme.colors.primary600};
  }
`;

const CardLink = styled(Link)`
  ${surface}
`;

const CardButton = styled.button`
  ${surface}
`;
