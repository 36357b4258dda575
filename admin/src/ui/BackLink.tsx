import { Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { NavLink } from 'react-router-dom';

/** The link to the parent page, above a page's title. */
export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link tag={NavLink} to={to} startIcon={<ArrowLeft aria-hidden />}>
      {children}
    </Link>
  );
}
