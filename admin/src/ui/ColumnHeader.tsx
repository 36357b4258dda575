import { Th, Typography } from '@strapi/design-system';

/** The header of a column without sorting. */
export function ColumnHeader({ label, ...cell }: { label: string; width?: string }) {
  return (
    <Th {...cell}>
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
    </Th>
  );
}
