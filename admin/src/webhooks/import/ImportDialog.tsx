import { useState } from 'react';
import { Box, Button, Checkbox, Field, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import type { ImportableWebhook, LeftOut } from '../../../../contracts';
import { useProblemText } from '../../api/useProblemText';
import { useText } from '../../text/useText';
import { DialogFrame } from '../../ui/dialog/DialogFrame';

interface ImportDialogProps {
  webhooks: readonly ImportableWebhook[];
  isLoading: boolean;
  /** Whether the role may turn off Strapi's own. */
  mayDisable: boolean;
  onImport: (disableOriginals: boolean) => Promise<void>;
  onClose: () => void;
}

/** The result of the import, webhook by webhook: what is left out, or why it cannot be imported. */
export function ImportDialog({ webhooks, isLoading, mayDisable, onImport, onClose }: ImportDialogProps) {
  const { t } = useText();
  const [disablesOriginals, setDisablesOriginals] = useState(false);
  const count = webhooks.filter(({ refused }) => refused === null).length;
  return (
    <DialogFrame
      title={t('import.title')}
      onClose={onClose}
      actions={
        <Button
          startIcon={<Download aria-hidden />}
          loading={isLoading}
          disabled={count === 0}
          onClick={() => onImport(disablesOriginals)}
        >
          {t('import.run', { count })}
        </Button>
      }
    >
      <Typography tag="p">{t('import.explained')}</Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={4} paddingTop={4}>
        {webhooks.map((webhook) => (
          <Importable key={webhook.id} webhook={webhook} />
        ))}
      </Flex>
      {mayDisable && count > 0 && (
        <Box paddingTop={5}>
          <Field.Root name="disableOriginals" hint={t('import.disable_hint')}>
            <Checkbox
              checked={disablesOriginals}
              onCheckedChange={(checked) => setDisablesOriginals(checked === true)}
            >
              {t('import.disable')}
            </Checkbox>
            <Field.Hint />
          </Field.Root>
        </Box>
      )}
    </DialogFrame>
  );
}

function Importable({ webhook }: { webhook: ImportableWebhook }) {
  const { t } = useText();
  const reason = useReason();
  const { name, url, leftOut, refused } = webhook;
  return (
    <Box tag="li">
      <Typography fontWeight="bold" tag="p" style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Typography>
      <Typography
        variant="pi"
        textColor="neutral600"
        tag="p"
        style={{ overflowWrap: 'anywhere' }}
        paddingTop={1}
      >
        {url}
      </Typography>
      {refused !== null ? (
        <Typography variant="pi" textColor="danger600" tag="p" paddingTop={1}>
          {t('import.cannot', { reason: reason(refused) })}
        </Typography>
      ) : leftOut.length === 0 ? (
        <Typography variant="pi" textColor="neutral800" tag="p" paddingTop={1}>
          {t('import.whole')}
        </Typography>
      ) : (
        <LeftOutList parts={leftOut} />
      )}
    </Box>
  );
}

function LeftOutList({ parts }: { parts: readonly LeftOut[] }) {
  const { t } = useText();
  const reason = useReason();
  return (
    <>
      <Typography variant="pi" textColor="warning700" tag="p" paddingTop={1}>
        {t('import.part')}
      </Typography>
      <Box tag="ul" paddingTop={1} paddingLeft={4}>
        {parts.map(({ what, name, reason: why }) => (
          <Typography
            key={`${what} ${name}`}
            variant="pi"
            textColor="neutral800"
            tag="li"
            style={{ overflowWrap: 'anywhere' }}
          >
            {what === 'event'
              ? t('import.left_event', { name })
              : t('import.left_header', { name, reason: reason(why) })}
          </Typography>
        ))}
      </Box>
    </>
  );
}

/** An error of the server in the reader's language; without its field, which is clear from the text. */
function useReason(): (text: string) => string {
  const problemText = useProblemText();
  return (text) => problemText(text.replace(/^(?:url|name|events|headers)[.\w]*: /, ''));
}
