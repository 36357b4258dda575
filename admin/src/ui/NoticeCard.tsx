import type { ReactNode } from 'react';
import { Flex } from '@strapi/design-system';
import { TintedBox, type TintedTone } from './TintedBox';

interface NoticeCardProps {
  tone: TintedTone;
  icon: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}

/** Something to be known about the page below, and what can be done. */
export function NoticeCard({ tone, icon, children, actions }: NoticeCardProps) {
  return (
    <TintedBox
      role="status"
      tone={tone}
      gap={4}
      wrap="wrap"
      justifyContent="space-between"
      shadow="tableShadow"
      padding={5}
    >
      <Flex gap={3} alignItems="flex-start" flex="1" minWidth="min(26rem, 100%)">
        {icon}
        <div>{children}</div>
      </Flex>
      {actions}
    </TintedBox>
  );
}
