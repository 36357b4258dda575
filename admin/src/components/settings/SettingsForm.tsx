import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Blocker, Form, useNotification } from '@strapi/strapi/admin';
import type { SettingsView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useProblemText } from '../../hooks/useProblemText';
import { useRefusal } from '../../hooks/useRefusal';
import { useText } from '../../hooks/useText';
import { useUpdateSettings } from '../../services/settings';
import { problemsOf } from '../../values/api-error';
import {
  checkSettings,
  settingNames,
  settingsFormOf,
  type SettingsFormState,
} from '../../values/settings-form';
import { FormComplaint } from '../webhook-form/submission';
import { NotifyCard } from './NotifyCard';
import { RetentionCard } from './RetentionCard';
import { useSettingsForm } from './useSettingsForm';

/** What an administrator may change, as far as the configuration does not fix it. */
export function SettingsForm({ settings }: { settings: SettingsView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const showRefusal = useRefusal();
  const { toggleNotification } = useNotification();
  const [update] = useUpdateSettings();

  return (
    <Form<SettingsFormState>
      method="PUT"
      initialValues={settingsFormOf(settings)}
      disabled={!allowed.settingsUpdate}
      validate={(values) => {
        const { problems } = checkSettings(values, (name) => settings[name].fixed);
        if (!problems) return Promise.resolve(values);
        return Promise.reject(
          new FormComplaint(problems.map(({ path, message }) => ({ path, message: problemText(message) }))),
        );
      }}
      onSubmit={async (values, { setErrors, resetForm }) => {
        const { input } = checkSettings(values, (name) => settings[name].fixed);
        const answer = await update(input ?? {});
        if ('error' in answer) {
          const problems = problemsOf(answer.error).map(({ path, message }) => [
            path[0],
            problemText(message),
          ]);
          setErrors(Object.fromEntries(problems));
          showRefusal(answer.error);
          return;
        }
        resetForm(settingsFormOf(answer.data));
        toggleNotification({ type: 'success', message: t('settings.saved') });
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        <RetentionCard settings={settings} />
        <NotifyCard settings={settings} />
        {allowed.settingsUpdate && settingNames.some((name) => !settings[name].fixed) && <SaveButton />}
      </Flex>
      <Blocker />
    </Form>
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
