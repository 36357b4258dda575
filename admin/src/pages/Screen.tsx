import type { ComponentProps, ReactNode } from 'react';
import { Layouts, Page } from '@strapi/strapi/admin';
import { permissions, type PermissionName } from '../../../contracts';

interface ScreenProps extends Omit<ComponentProps<typeof Layouts.Header>, 'title'> {
  title: string;
  children: ReactNode;
}

/** A screen: its title, also in the browser's tab, what can be done on it, and its content. */
export function Screen({ title, children, ...header }: ScreenProps) {
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header title={title} {...header} />
      <Layouts.Content>{children}</Layouts.Content>
    </Page.Main>
  );
}

/** A screen for those who have a permission; it asks for nothing before that is known. */
export function Protected({ by, children }: { by: PermissionName; children: ReactNode }) {
  return <Page.Protect permissions={[{ action: permissions[by], subject: null }]}>{children}</Page.Protect>;
}
