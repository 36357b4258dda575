import { useMemo } from 'react';
import { Page, useNotification } from '@strapi/strapi/admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { isSecretAddress, limits } from '../../../contracts';
import { presetById, type Preset } from '../../../contracts/presets';
import { useAllowed } from '../api/useAllowed';
import { useCatalog } from '../events/useCatalog';
import { webhookPath } from '../navigation/paths';
import { useAddressBar } from '../navigation/useAddressBar';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';
import { BackLink } from '../ui/BackLink';
import { HeaderSlot, HeaderSlotProvider } from '../ui/HeaderSlot';
import { useCreateWebhook, useWebhook } from '../webhooks/api';
import { duplicateOf, emptyForm, prefilled, type WebhookFormState } from '../webhooks/form/webhook-form';
import { WebhookForm } from '../webhooks/form/WebhookForm';
import { answersOf, filledBy, proposedName } from '../webhooks/presets/answers';
import { PresetChoice } from '../webhooks/presets/PresetChoice';
import { Protected, Screen } from './Screen';

/**
 * A new webhook: first where it goes, then what that preset asks for (`?preset=<id>`; `plain` for all settings), or at
 * once the whole form with a copy (`?from=<id>`) or something filled in (`?name=&url=&events=`).
 */
export function AddWebhookPage() {
  return (
    <Protected by="create">
      <HeaderSlotProvider>
        <AddWebhook />
      </HeaderSlotProvider>
    </Protected>
  );
}

const ofWholeForm = ['from', 'name', 'url', 'events'];

function AddWebhook() {
  const { t } = useText();
  const { get } = useAddressBar();
  const allowed = useAllowed();
  const preset = presetById(get('preset') ?? '');
  const isFilled = ofWholeForm.some((name) => get(name) !== undefined);
  const isChoosing = !preset && !isFilled;
  return (
    <Screen
      title={t('list.add')}
      {...(isChoosing && { subtitle: t('presets.where') })}
      primaryAction={!isChoosing && <HeaderSlot />}
      navigationAction={allowed.read && <BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
    >
      {isChoosing && <PresetChoice />}
      {isFilled && <FilledForm />}
      {!isFilled && preset && <PresetForm key={preset.id} preset={preset} />}
    </Screen>
  );
}

/** The whole form, with what the address bar says. */
function FilledForm() {
  const { t } = useText();
  const { get } = useAddressBar();
  const from = Number(get('from'));
  const original = useWebhook(from, { skip: !(from > 0) });
  const initialValues = useMemo(() => {
    if (!original.data) return prefilled(get);
    const name = t('form.copy_name', { name: original.data.name }).slice(0, limits.nameLength);
    return duplicateOf(original.data, name);
  }, [original.data, get, t]);

  if (original.isLoading) return <Page.Loading />;
  if (original.isError) return <Page.Error />;
  return <NewWebhook initialValues={initialValues} />;
}

/** What one preset asks for; of one's own receiver that is everything. */
function PresetForm({ preset }: { preset: Preset }) {
  const { nameOf } = useCatalog();
  const url = usePastedUrl();
  const isPlain = preset.id === 'plain';
  const initialValues = useMemo((): WebhookFormState => {
    if (isPlain) return { ...emptyForm, url, urlSecret: isSecretAddress(url) };
    const events = [...preset.events];
    const name = proposedName(preset, events.map(nameOf)).slice(0, limits.nameLength);
    return { ...emptyForm, ...filledBy(preset, answersOf(preset, url)), events, name };
  }, [isPlain, preset, url, nameOf]);
  return <NewWebhook initialValues={initialValues} {...(!isPlain && { preset: { preset, url } })} />;
}

/** What was put into the search of the first step; it may be secret, so that it does not stand in the address bar. */
function usePastedUrl(): string {
  const state: unknown = useLocation().state;
  const given = typeof state === 'object' && state !== null && 'address' in state ? state.address : '';
  return typeof given === 'string' ? given : '';
}

interface NewWebhookProps {
  initialValues: WebhookFormState;
  preset?: { preset: Preset; url: string };
}

function NewWebhook({ initialValues, preset }: NewWebhookProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const [create] = useCreateWebhook();
  const allowed = useAllowed();
  return (
    <WebhookForm
      initialValues={initialValues}
      webhook={null}
      {...(preset && { preset })}
      onSave={(values) => create(values).unwrap()}
      onSaved={({ id, name }) => {
        toggleNotification({ type: 'success', message: t('form.added', { name }) });
        if (allowed.read) navigate(webhookPath(id), { replace: true, state: { added: true } });
        else toggleNotification({ type: 'info', message: t('form.saved_hidden') });
      }}
    />
  );
}
