import { Box, Button, Field, Flex, IconButton, TextInput, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { businessEventLimits } from '../../../../contracts';
import { useChoicesOfType } from '../../conditions/api';
import { fieldGroups } from '../../conditions/subjects';
import { useText } from '../../text/useText';
import type { Choice } from '../../ui/filter/choices';
import { SearchSelect } from '../../ui/filter/SearchSelect';
import { withRow, type PathRow } from './event-form';
import { useBusinessEventForm } from './useBusinessEventForm';

/** Keys of one's own, each with the path of its value in the entry. */
export function PathRows() {
  const { t } = useText();
  const { values, set, disabled } = useBusinessEventForm();
  const { error } = useField('payload.rows');
  const { choices, isLoading } = useChoicesOfType(values.contentType);
  const { payload } = values;
  const offered = choices
    ? fieldGroups(choices).flatMap(({ fields }) =>
        fields.map(({ path, labels }) => ({ value: path, label: `${labels.join(' → ')} (${path})` })),
      )
    : [];
  const setRows = (paths: PathRow[]) => set('payload', { ...payload, paths });
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {t('business.paths.explained')}
      </Typography>
      {payload.paths.map((row, index) => (
        <KeyRow
          key={index}
          index={index}
          row={row}
          offered={offered}
          isLoading={isLoading}
          onChange={(changed) => setRows(payload.paths.with(index, changed))}
          onRemove={() => setRows(payload.paths.toSpliced(index, 1))}
        />
      ))}
      {typeof error === 'string' && (
        <Typography variant="pi" textColor="danger600" tag="p" data-strapi-field-error>
          {error}
        </Typography>
      )}
      {!disabled && (
        <Box>
          <Button
            variant="tertiary"
            startIcon={<Plus aria-hidden />}
            disabled={payload.paths.length >= businessEventLimits.keys}
            onClick={() => set('payload', withRow(payload))}
          >
            {t('business.paths.add')}
          </Button>
        </Box>
      )}
    </Flex>
  );
}

interface KeyRowProps {
  index: number;
  row: PathRow;
  offered: readonly Choice[];
  isLoading: boolean;
  onChange: (row: PathRow) => void;
  onRemove: () => void;
}

function KeyRow({ index, row, offered, isLoading, onChange, onRemove }: KeyRowProps) {
  const { t } = useText();
  const { disabled } = useBusinessEventForm();
  const { error } = useField(`payload.paths.${index}`);
  const choose = (path: string) =>
    // The path says what the key may be called.
    onChange({ key: row.key.trim() === '' ? path.replaceAll('.', '_') : row.key, path });
  return (
    <Flex gap={2} alignItems="flex-start" role="group" aria-label={row.key || t('business.paths.key')}>
      <Field.Root
        name={`payload.paths.${index}`}
        error={typeof error === 'string' ? error : undefined}
        flex="2"
        minWidth="0"
      >
        <TextInput
          aria-label={t('business.paths.key')}
          placeholder={t('business.paths.key')}
          value={row.key}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...row, key: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Field.Root flex="3" minWidth="0">
        <SearchSelect
          aria-label={t('business.paths.path')}
          choices={offered}
          value={row.path}
          isFree
          loading={isLoading}
          disabled={disabled}
          placeholder={t('business.paths.path')}
          onChange={choose}
        />
      </Field.Root>
      <Box paddingTop={1}>
        <IconButton
          label={t('business.paths.remove', { name: row.key })}
          variant="ghost"
          disabled={disabled}
          onClick={onRemove}
        >
          <Trash aria-hidden />
        </IconButton>
      </Box>
    </Flex>
  );
}
