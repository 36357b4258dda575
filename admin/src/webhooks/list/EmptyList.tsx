import { Box, Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Link } from 'react-router-dom';
import { useAllowed } from '../../api/useAllowed';
import { pluginPath } from '../../pluginId';
import { useText } from '../../text/useText';
import { ImportButton } from '../import/ImportButton';
import { StartingPoints } from './StartingPoints';

/** What a webhook is, in two sentences, and how to create the first one. */
export function EmptyList() {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <Flex direction="column" alignItems="stretch" gap={7}>
      <Box background="neutral0" shadow="tableShadow" hasRadius padding={10}>
        <Flex direction="column" gap={2} maxWidth="52rem" margin="0 auto" style={{ marginInline: 'auto' }}>
          <EmptyDocuments width="16rem" height="8.8rem" aria-hidden />
          <Typography variant="beta" tag="h2" paddingTop={4}>
            {t('empty.title')}
          </Typography>
          <Typography tag="p" textColor="neutral600" textAlign="center">
            {t('empty.body')}
          </Typography>
          <Flex gap={2} paddingTop={4} wrap="wrap" justifyContent="center">
            {allowed.create && (
              <LinkButton
                tag={Link}
                to={`${pluginPath}/new`}
                variant="default"
                startIcon={<Plus aria-hidden />}
              >
                {t('list.add')}
              </LinkButton>
            )}
            <ImportButton variant="secondary" />
          </Flex>
        </Flex>
      </Box>
      {allowed.create && <StartingPoints />}
    </Flex>
  );
}
