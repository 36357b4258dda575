import { useTheme } from 'styled-components';

interface FailureHatchProps {
  id: string;
  /** Distance of the lines in pixels. */
  size: number;
}

/** Failures are hatched, not only red. Placed in an `svg`, whose shapes use `url(#id)` as fill. */
export function FailureHatch({ id, size }: FailureHatchProps) {
  const { colors } = useTheme();
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={size} height={size} fill={colors.danger600} />
      <rect width={size / 3} height={size} fill={colors.danger200} />
    </pattern>
  );
}
