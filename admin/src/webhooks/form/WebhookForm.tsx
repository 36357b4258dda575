import { useEffect, useMemo, useRef, useState } from 'react';
import { Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { Done, WebhookChange, WebhookView } from '../../../../contracts';
import type { Preset } from '../../../../contracts/presets';
import { conflictOf, problemsOf } from '../../api/api-error';
import { useAllowed } from '../../api/useAllowed';
import { useProblemText } from '../../api/useProblemText';
import { useRefusal } from '../../api/useRefusal';
import type { FormEnds } from '../../editing/ConflictDialog';
import { EditedForm } from '../../editing/EditedForm';
import { useEditing } from '../../editing/useEditing';
import { useText } from '../../text/useText';
import { FormSides } from '../../ui/FormSides';
import { answersOf } from '../presets/answers';
import { PresetForm } from '../presets/PresetForm';
import { ProposedName } from '../presets/ProposedName';
import { usePresetProblems } from '../presets/usePresetProblems';
import { AvailableEvents } from './AvailableEvents';
import { BasicFields } from './BasicFields';
import { ManualOnlyContext } from './manual-only';
import { SettingsSections } from './SettingsSections';
import { SideColumn } from './SideColumn';
import { serverComplaints, validator } from './submission';
import { changeOf, formOf, type WebhookFormState } from './webhook-form';

interface WebhookFormProps {
  initialValues: WebhookFormState;
  /** The saved webhook; null for a new one. */
  webhook: WebhookView | null;
  /** It is begun with what this preset asks for, of which a URL may be known. */
  preset?: { preset: Preset; url: string };
  /** `change`: of a saved webhook what is to be changed. Throws what the server refuses. */
  onSave: (values: WebhookFormState, change: WebhookChange) => Promise<WebhookView | Done>;
  onSaved: (saved: { id: number; name: string }) => void;
}

/**
 * Adds or edits a webhook: the fields with the summary beside them; below, as wide as both, the
 * collapsed settings and all events. With a preset only what that asks for, until all settings are opened.
 */
export function WebhookForm({ initialValues, webhook, preset: begun, onSave, onSaved }: WebhookFormProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const isNew = webhook === null;
  const stored = useMemo(
    () => ({ version: webhook?.version ?? 0, values: webhook ? formOf(webhook) : initialValues }),
    [webhook, initialValues],
  );
  const editing = useEditing(stored);
  const [preset, setPreset] = useState(begun?.preset ?? null);
  const [answers, setAnswers] = useState(() => begun && answersOf(begun.preset, begun.url));
  const missing = usePresetProblems(preset, answers);
  const [isManualOnly, setManualOnly] = useState(webhook?.events.length === 0);
  const manualOnly = useMemo(() => ({ isManualOnly, setManualOnly }), [isManualOnly]);

  const save = async (
    values: WebhookFormState,
    { setErrors, resetForm }: FormEnds<WebhookFormState>,
    version?: number,
  ) => {
    const { read, setRefused } = editing;
    const change = changeOf({ ...read.current, version: version ?? read.current.version }, values);
    try {
      const saved = await onSave(values, change);
      if ('name' in saved) read.current = { version: saved.version, values: formOf(saved) };
      // Otherwise the form would ask before leaving although everything is saved.
      resetForm('name' in saved ? formOf(saved) : values);
      setRefused(null);
      onSaved({ id: Number(saved.id), name: values.name });
    } catch (error) {
      const conflict = conflictOf(error);
      setRefused(conflict && { conflict, values });
      if (conflict) return;
      setErrors(serverComplaints(error, problemText));
      if (problemsOf(error).length === 0) showRefusal(error);
      else toggleNotification({ type: 'danger', message: t('form.refused') });
    }
  };
  return (
    <EditedForm
      isNew={isNew}
      disabled={isNew ? !allowed.create : !allowed.update}
      editing={editing}
      stored={stored}
      validate={validator(webhook, problemText, { more: missing, isManualOnly })}
      save={save}
    >
      <ManualOnlyContext.Provider value={manualOnly}>
        {preset && answers ? (
          <FormSides>
            <PresetForm
              preset={preset}
              answers={answers}
              onAnswer={setAnswers}
              onOpenAll={() => setPreset(null)}
            />
            <SideColumn webhook={null}>
              <ProposedName preset={preset} />
            </SideColumn>
          </FormSides>
        ) : (
          <AllSettings webhook={webhook} isContinued={begun !== undefined} />
        )}
      </ManualOnlyContext.Provider>
    </EditedForm>
  );
}

interface AllSettingsProps {
  webhook: WebhookView | null;
  /** It takes the place of the fields of a preset, and the focus too. */
  isContinued: boolean;
}

function AllSettings({ webhook, isContinued }: AllSettingsProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isContinued) frame.current?.querySelector('input')?.focus();
  }, [isContinued]);
  return (
    <Flex ref={frame} direction="column" alignItems="stretch" gap={6}>
      <FormSides>
        <BasicFields webhook={webhook} />
        <SideColumn webhook={webhook} />
      </FormSides>
      <SettingsSections webhook={webhook} />
      <AvailableEvents />
    </Flex>
  );
}
