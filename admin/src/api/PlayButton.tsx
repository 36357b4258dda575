import { Button } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useOutcome } from './useOutcome';

interface PlayButtonProps {
  children: string;
  /** Shown after sending has resumed. */
  done: string;
  isBusy: boolean;
  play: () => Promise<object>;
}

/** Sends what waits, and shows the result. */
export function PlayButton({ children, done, isBusy, play }: PlayButtonProps) {
  const tell = useOutcome();
  return (
    <Button
      variant="tertiary"
      startIcon={<Play aria-hidden />}
      loading={isBusy}
      onClick={async () => tell(await play(), done)}
    >
      {children}
    </Button>
  );
}
