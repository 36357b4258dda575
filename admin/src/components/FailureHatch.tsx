import { useTheme } from 'styled-components';

interface FailureHatchProps {
  id: string;
  /** Pixels from line to line. */
  size: number;
}

/** What failed is hatched, not only red. Stands in an `svg`, whose shapes fill themselves with `url(#id)`. */
export function FailureHatch({ id, size }: FailureHatchProps) {
  const { colors } = useTheme();
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={size} height={size} fill={colors.danger600} />
      <rect width={size / 3} height={size} fill={colors.danger200} />
    </pattern>
  );
}
