import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { Mono } from '../../ui/Mono';

interface SettingsCardProps {
  title: string;
  /** The subject of the card, in a sentence. */
  explained?: string;
  /** The option of `config/plugins.ts` that fixes all of it. */
  fixedBy?: string;
  children?: ReactNode;
}

/** One subject of the settings. */
export function SettingsCard({ title, explained, fixedBy, children }: SettingsCardProps) {
  return (
    <Card>
      <Flex tag="section" direction="column" alignItems="stretch" gap={4}>
        <div>
          <Typography variant="delta" fontWeight="bold" tag="h2">
            {title}
          </Typography>
          {explained && (
            <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
              {explained}
            </Typography>
          )}
        </div>
        {children}
        {fixedBy && <FixedBy option={fixedBy} />}
      </Flex>
    </Card>
  );
}

/** The source of a value that cannot be changed here. */
export function FixedBy({ option }: { option: string }) {
  const { rich } = useText();
  return (
    <Typography variant="pi" textColor="neutral600" tag="p">
      {rich('settings.fixed_by', {
        option: (
          <Mono key="option" variant="pi" tag="code">
            {option}
          </Mono>
        ),
      })}
    </Typography>
  );
}
