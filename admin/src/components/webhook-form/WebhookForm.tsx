import { Box, Flex, Grid } from '@strapi/design-system';
import { Blocker, Form, useNotification } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useProblemText } from '../../hooks/useProblemText';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { problemsOf } from '../../values/api-error';
import { formOf, type WebhookFormState } from '../../values/webhook-form';
import { AvailableEvents } from './AvailableEvents';
import { BasicFields } from './BasicFields';
import { SettingsSections } from './SettingsSections';
import { SideColumn } from './SideColumn';
import { serverComplaints, validator } from './submission';

interface WebhookFormProps {
  initialValues: WebhookFormState;
  /** The saved webhook; null for a new one. */
  webhook: WebhookView | null;
  /** Throws what the server refuses. */
  onSave: (values: WebhookFormState) => Promise<WebhookView>;
  onSaved: (saved: WebhookView) => void;
}

/** Adds or edits a webhook: the fields, their folded settings, the sentence beside them, all events below. */
export function WebhookForm({ initialValues, webhook, onSave, onSaved }: WebhookFormProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const isNew = webhook === null;

  return (
    <Form<WebhookFormState>
      method={isNew ? 'POST' : 'PUT'}
      initialValues={initialValues}
      disabled={isNew ? !allowed.create : !allowed.update}
      validate={validator(isNew, problemText)}
      onSubmit={async (values, { setErrors, resetForm }) => {
        try {
          const saved = await onSave(values);
          // Else the form would ask whether to leave what has just been saved.
          resetForm(formOf(saved));
          onSaved(saved);
        } catch (error) {
          setErrors(serverComplaints(error, problemText));
          if (problemsOf(error).length === 0) showRefusal(error);
          else toggleNotification({ type: 'danger', message: t('form.refused') });
        }
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        <Grid.Root gap={6}>
          <Grid.Item col={8} m={12} s={12} xs={12} direction="column" alignItems="stretch">
            <Flex direction="column" alignItems="stretch" gap={6}>
              <BasicFields />
              <SettingsSections webhook={webhook} />
            </Flex>
          </Grid.Item>
          <Grid.Item col={4} m={12} s={12} xs={12} direction="column" alignItems="stretch">
            <Sticky>
              <SideColumn webhook={webhook} />
            </Sticky>
          </Grid.Item>
        </Grid.Root>
        <AvailableEvents />
      </Flex>
      <Blocker />
    </Form>
  );
}

/** Stays in sight below the page's own header, which Strapi keeps at the top while one scrolls. */
const Sticky = styled(Box)`
  ${({ theme }) => theme.breakpoints.large} {
    position: sticky;
    top: 8rem;
  }
`;
