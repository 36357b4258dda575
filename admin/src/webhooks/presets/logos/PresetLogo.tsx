import { marks } from './marks';

/** The mark of a preset. It stands beside its name, so that it has no text of its own. */
export const PresetLogo = ({ id, size = 24 }: { id: string; size?: number }) => {
  const { areas, lines } = marks[id] ?? marks['plain'] ?? {};
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable={false}>
      {areas ? <path d={areas} fill="currentColor" /> : null}
      {lines ? (
        <path
          d={lines}
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ) : null}
    </svg>
  );
};
