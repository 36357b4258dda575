import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { TintedBox } from '../../ui/TintedBox';

interface BannerProps {
  title: string;
  /** Amber: the plugin takes care of it. Red: someone must act. */
  look?: 'warning' | 'danger';
  children: ReactNode;
  actions?: ReactNode;
}

/** A state that concerns all webhooks, above the page. */
export function Banner({ title, look = 'warning', children, actions }: BannerProps) {
  return (
    <TintedBox role="status" tone={look} alignItems="flex-start" gap={3} wrap="wrap" padding={4}>
      <Flex flex="1 1 40rem" minWidth={0} gap={3} alignItems="flex-start">
        <WarningCircle
          aria-hidden
          width="2rem"
          height="2rem"
          fill={`${look}600`}
          style={{ flex: 'none', marginTop: '0.2rem' }}
        />
        <Box minWidth={0}>
          <Typography fontWeight="bold" tag="p">
            {title}
          </Typography>
          <Typography variant="pi" textColor="neutral700" tag="p" paddingTop={1}>
            {children}
          </Typography>
        </Box>
      </Flex>
      {actions && (
        <Flex gap={2} wrap="wrap">
          {actions}
        </Flex>
      )}
    </TintedBox>
  );
}
