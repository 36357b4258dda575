import { Box, Flex, Radio, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { EntryReference } from '../../../../contracts';
import { useText } from '../../text/useText';
import { ReadableBadge } from '../../ui/ReadableBadge';
import { RelativeTime } from '../../ui/RelativeTime';
import type { EntryChoice } from '../api';

interface EntryChoicesProps {
  label: string;
  entries: readonly EntryChoice[];
  value: EntryReference | null;
  isBusy: boolean;
  onChange: (entry: EntryReference) => void;
}

const keyOf = ({ documentId, locale }: EntryReference): string => `${documentId} ${locale ?? ''}`;
const variants = { draft: 'secondary', modified: 'warning', published: 'success' } as const;

/** The newest matching entries, each with its distinguishing values. */
export function EntryChoices({ label, entries, value, isBusy, onChange }: EntryChoicesProps) {
  const { t } = useText();
  return (
    <Choices hasRadius borderColor="neutral200" aria-busy={isBusy}>
      <Radio.Group
        aria-label={label}
        value={value ? keyOf(value) : ''}
        onValueChange={(key) => {
          const entry = entries.find((candidate) => keyOf(candidate) === key);
          if (entry) onChange({ uid: entry.uid, documentId: entry.documentId, locale: entry.locale });
        }}
      >
        {entries.map((entry) => (
          <Radio.Item key={keyOf(entry)} value={keyOf(entry)}>
            <Flex gap={2} wrap="wrap" tag="span">
              <Typography fontWeight="semiBold">{entry.name}</Typography>
              {entry.locale && (
                <Typography variant="pi" textColor="neutral600">
                  {entry.locale}
                </Typography>
              )}
              {entry.status && (
                <ReadableBadge size="S" variant={variants[entry.status]}>
                  {t(`entries.status.${entry.status}`)}
                </ReadableBadge>
              )}
              {entry.updatedAt && (
                <Typography variant="pi" textColor="neutral600">
                  <RelativeTime at={Date.parse(entry.updatedAt)} style="short" />
                </Typography>
              )}
            </Flex>
          </Radio.Item>
        ))}
      </Radio.Group>
    </Choices>
  );
}

const Choices = styled(Box)`
  padding: 1.2rem;
  max-height: 24rem;
  overflow-y: auto;
`;
