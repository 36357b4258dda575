import { useMemo } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { SettingsView } from '../../../../contracts';
import { conflictOf, problemsOf } from '../../api/api-error';
import { useAllowed } from '../../api/useAllowed';
import { useProblemText } from '../../api/useProblemText';
import { useRefusal } from '../../api/useRefusal';
import type { FormEnds } from '../../editing/ConflictDialog';
import { EditedForm } from '../../editing/EditedForm';
import { FormComplaint } from '../../editing/FormComplaint';
import { useEditing } from '../../editing/useEditing';
import { useText } from '../../text/useText';
import { useUpdateSettings } from '../api';
import { NotifyCard } from './NotifyCard';
import { RetentionCard } from './RetentionCard';
import { checkSettings, settingNames, settingsFormOf, type SettingsFormState } from './settings-form';
import { useSettingsForm } from './useSettingsForm';

/** The settings that an administrator can change, unless the configuration fixes them. */
export function SettingsForm({ settings }: { settings: SettingsView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const [update] = useUpdateSettings();
  const stored = useMemo(() => ({ version: settings.version, values: settingsFormOf(settings) }), [settings]);
  const editing = useEditing(stored);
  const { read, setRefused } = editing;

  const save = async (
    values: SettingsFormState,
    { setErrors, resetForm }: FormEnds<SettingsFormState>,
    version?: number,
  ) => {
    const { input } = checkSettings(values, {
      ...read.current,
      version: version ?? read.current.version,
    });
    const answer = await update(input ?? {});
    if ('error' in answer) {
      const conflict = conflictOf(answer.error);
      setRefused(conflict && { conflict, values });
      if (conflict) return;
      const problems = problemsOf(answer.error).map(({ path, message }) => [path[0], problemText(message)]);
      setErrors(Object.fromEntries(problems));
      showRefusal(answer.error);
      return;
    }
    const saved = 'notify' in answer.data ? answer.data : null;
    if (saved) read.current = { version: saved.version, values: settingsFormOf(saved) };
    resetForm(saved ? settingsFormOf(saved) : values);
    setRefused(null);
    toggleNotification({ type: 'success', message: t('settings.saved') });
  };
  return (
    <EditedForm
      disabled={!allowed.settingsUpdate}
      editing={editing}
      stored={stored}
      validate={(values) => {
        const { problems } = checkSettings(values, read.current);
        return problems ? Promise.reject(new FormComplaint(problems, problemText)) : Promise.resolve(values);
      }}
      save={save}
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        <RetentionCard settings={settings} />
        <NotifyCard settings={settings} />
        {allowed.settingsUpdate && settingNames.some((name) => !settings[name].fixed) && <SaveButton />}
      </Flex>
    </EditedForm>
  );
}

function SaveButton() {
  const { t } = useText();
  const { modified, isSubmitting } = useSettingsForm();
  return (
    <Flex>
      <Button type="submit" startIcon={<Check aria-hidden />} loading={isSubmitting} disabled={!modified}>
        {t('form.save')}
      </Button>
    </Flex>
  );
}
