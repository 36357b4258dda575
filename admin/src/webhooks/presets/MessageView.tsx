import { Box, Flex, Typography } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { entryLink, type ChatMessage } from './chat-message';
import { PresetLogo } from './logos/PresetLogo';

/** A message as people will read it. */
export function MessageView({ presetId, message }: { presetId: string; message: ChatMessage }) {
  const { t } = useText();
  return (
    <div>
      <Typography variant="pi" fontWeight="bold" tag="h4" display="block" paddingBottom={2}>
        {t('presets.reads')}
      </Typography>
      <Flex gap={3} alignItems="flex-start" background="neutral100" hasRadius padding={4}>
        <Box color="primary600" style={{ flex: 'none' }}>
          <PresetLogo id={presetId} />
        </Box>
        <Box minWidth={0}>
          <Typography fontWeight="bold" tag="p">
            {'Strapi'}
          </Typography>
          <Typography tag="p" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {message.text}
          </Typography>
          {message.hasLink && (
            <Typography variant="pi" textColor="primary600" tag="p" paddingTop={1}>
              {entryLink}
            </Typography>
          )}
        </Box>
      </Flex>
    </div>
  );
}
