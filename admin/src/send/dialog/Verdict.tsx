import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import { TintedBox } from '../../ui/TintedBox';

interface VerdictProps {
  good: boolean;
  /** The largest text on the screen. */
  title: string;
  children: ReactNode;
}

/** Green or red, with icon and words. */
export function Verdict({ good, title, children }: VerdictProps) {
  const Icon = good ? CheckCircle : CrossCircle;
  const colour = good ? 'success' : 'danger';
  return (
    <TintedBox
      role={good ? 'status' : 'alert'}
      tone={colour}
      gap={4}
      alignItems="flex-start"
      padding={5}
      paddingLeft={6}
    >
      <Icon aria-hidden width="2.6rem" height="2.6rem" fill={`${colour}600`} style={{ flex: 'none' }} />
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography variant="beta" fontSize="2.4rem" textColor={`${colour}600`} tag="p">
          {title}
        </Typography>
        {children}
      </Flex>
    </TintedBox>
  );
}
