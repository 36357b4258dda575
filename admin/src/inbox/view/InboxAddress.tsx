import {
  Box,
  Button,
  Field,
  Flex,
  Grid,
  LinkButton,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { InboxView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { pluginPath } from '../../pluginId';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { CopyButton } from '../../ui/code/CopyButton';
import { ConfirmButton } from '../../ui/dialog/ConfirmButton';
import { AnswerFields } from './AnswerFields';
import { useInboxActions } from './useInboxActions';

interface InboxAddressProps {
  inboxes: readonly InboxView[];
  inbox: InboxView;
  onChoose: (token: string | undefined) => void;
}

/** Which inbox, its URL, its response, and a webhook for it. */
export function InboxAddress({ inboxes, inbox, onChoose }: InboxAddressProps) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  const { remove } = useInboxActions();
  const forThisAddress = new URLSearchParams({ url: inbox.url, name: inbox.name });

  return (
    <Card>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {inboxes.length > 1 && (
          <Field.Root name="inbox" maxWidth="36rem">
            <Field.Label>{t('inbox.choose')}</Field.Label>
            <SingleSelect value={inbox.token} onChange={(token) => onChoose(String(token))}>
              {inboxes.map(({ token, name, createdAt }) => (
                <SingleSelectOption key={token} value={token}>
                  {`${name} · ${intl.formatDate(createdAt, { dateStyle: 'medium', timeStyle: 'short' })}`}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        )}
        <Grid.Root gap={4}>
          <Grid.Item col={7} m={12} s={12} xs={12} direction="column" alignItems="stretch">
            <Field.Root name="inboxUrl">
              <Field.Label action={<CopyButton value={inbox.url} label={t('inbox.copy_address')} />}>
                {t('inbox.address')}
              </Field.Label>
              <TextInput value={inbox.url} readOnly onFocus={(event) => event.target.select()} />
            </Field.Root>
          </Grid.Item>
          <Grid.Item col={5} m={12} s={12} xs={12} direction="column" alignItems="stretch">
            <AnswerFields key={inbox.token} inbox={inbox} />
          </Grid.Item>
        </Grid.Root>
        <Flex justifyContent="space-between" gap={4} wrap="wrap">
          <Box flex="1" minWidth="24rem">
            <Typography variant="pi" textColor="neutral600">
              {t('inbox.retry_hint')}
            </Typography>
          </Box>
          <Flex gap={4} wrap="wrap">
            {allowed.inboxManage && (
              <ConfirmButton
                title={t('inbox.delete')}
                confirm={t('inbox.delete')}
                trigger={
                  <Button variant="ghost" startIcon={<Trash aria-hidden />}>
                    {t('inbox.delete')}
                  </Button>
                }
                onConfirm={async () => {
                  if (await remove(inbox)) onChoose(undefined);
                }}
              >
                {t('inbox.delete_question')}
              </ConfirmButton>
            )}
            {allowed.create && (
              <LinkButton
                tag={Link}
                to={`${pluginPath}/new?${forThisAddress}`}
                variant="secondary"
                startIcon={<Plus aria-hidden />}
              >
                {t('inbox.add_webhook')}
              </LinkButton>
            )}
          </Flex>
        </Flex>
      </Flex>
    </Card>
  );
}
