import { Field, Flex, TextInput } from '@strapi/design-system';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useText } from '../../text/useText';
import { CopyButton } from '../../ui/code/CopyButton';
import { useSecret } from '../api';

/** The signing secrets in the clear, to be copied; for those who may reveal them. */
export function Secrets({ id }: { id: number }) {
  const { t, intl } = useText();
  const { data, error, isLoading, refetch } = useSecret(id, { refetchOnMountOrArgChange: true });
  if (isLoading) return <LoadingPart />;
  if (!data) return <ErrorPart error={error} onRetry={refetch} />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {data.secrets.map(({ secret, validUntil }, index) => {
        const until =
          validUntil === null ? '' : intl.formatDate(validUntil, { dateStyle: 'medium', timeStyle: 'short' });
        const label = index === 0 ? t('form.secret.current') : t('form.secret.old', { until });
        return (
          <Field.Root key={secret} name={`secret-${index}`}>
            <Field.Label action={<CopyButton value={secret} />}>{label}</Field.Label>
            <TextInput value={secret} readOnly onFocus={(event) => event.target.select()} />
          </Field.Root>
        );
      })}
    </Flex>
  );
}
