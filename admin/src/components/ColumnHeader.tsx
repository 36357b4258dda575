import { Th, Typography } from '@strapi/design-system';

/** The head of a column that cannot be sorted by. */
export function ColumnHeader({ label, ...cell }: { label: string; width?: string }) {
  return (
    <Th {...cell}>
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
    </Th>
  );
}
