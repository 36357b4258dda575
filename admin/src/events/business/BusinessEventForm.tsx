import { useMemo } from 'react';
import { Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { BusinessEventInput, BusinessEventView, Done } from '../../../../contracts';
import { conflictOf, problemsOf } from '../../api/api-error';
import { useAllowed } from '../../api/useAllowed';
import { useProblemText } from '../../api/useProblemText';
import { useRefusal } from '../../api/useRefusal';
import { complaintsAt } from '../../editing/complaints';
import type { FormEnds } from '../../editing/ConflictDialog';
import { EditedForm } from '../../editing/EditedForm';
import { FormComplaint } from '../../editing/FormComplaint';
import { useEditing } from '../../editing/useEditing';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { FormSides } from '../../ui/FormSides';
import { BasicFields } from './BasicFields';
import { afterSave, checkForm, emptyEvent, formOf, shownAt, type BusinessEventFormState } from './event-form';
import { PayloadSection } from './PayloadSection';
import { SideCard } from './SideCard';
import { useEventPreview } from './useEventPreview';
import { WhenSection } from './WhenSection';

interface BusinessEventFormProps {
  /** The saved one; null for a new one. */
  event: BusinessEventView | null;
  /** `version`: over which a saved one is to be saved. Throws what the server refuses. */
  onSave: (input: BusinessEventInput, version: number) => Promise<BusinessEventView | Done>;
  onSaved: (saved: Pick<BusinessEventInput, 'displayName' | 'type'>) => void;
}

/** Adds or edits a business event. */
export function BusinessEventForm({ event, onSave, onSaved }: BusinessEventFormProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const stored = useMemo(
    () => ({ version: event?.version ?? 0, values: event ? formOf(event) : emptyEvent }),
    [event],
  );
  const editing = useEditing(stored);

  const validate = (values: BusinessEventFormState) => {
    const { problems } = checkForm(values);
    return problems ? Promise.reject(new FormComplaint(problems, problemText)) : Promise.resolve(values);
  };
  const save = async (
    values: BusinessEventFormState,
    { setErrors, resetForm }: FormEnds<BusinessEventFormState>,
    version?: number,
  ) => {
    const { read, setRefused } = editing;
    const { input } = checkForm(values);
    if (!input) return;
    try {
      const saved = await onSave(input, version ?? read.current.version);
      const after = afterSave(saved, values);
      if (after.version !== null) read.current = { version: after.version, values: after.values };
      // Otherwise the form would ask before leaving although everything is saved.
      resetForm(after.values);
      setRefused(null);
      onSaved(input);
    } catch (error) {
      const conflict = conflictOf(error);
      setRefused(conflict && { conflict, values });
      if (conflict) return;
      setErrors(complaintsAt(problemsOf(error), shownAt(values), problemText));
      if (problemsOf(error).length === 0) showRefusal(error);
      else toggleNotification({ type: 'danger', message: t('form.refused') });
    }
  };
  return (
    <EditedForm
      isNew={event === null}
      disabled={!allowed.eventsManage}
      editing={editing}
      stored={stored}
      validate={validate}
      save={save}
    >
      <Sections event={event} />
    </EditedForm>
  );
}

function Sections({ event }: { event: BusinessEventView | null }) {
  const preview = useEventPreview(event?.id);
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <FormSides>
        <Flex direction="column" alignItems="stretch" gap={6}>
          <Card padding={7}>
            <BasicFields isNew={event === null} />
          </Card>
          <Card padding={7}>
            <WhenSection />
          </Card>
        </Flex>
        <SideCard event={event} preview={preview} />
      </FormSides>
      <PayloadSection preview={preview} />
    </Flex>
  );
}
