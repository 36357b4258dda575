import { useState } from 'react';
import { Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useText } from '../../text/useText';
import { ImportDialog } from './ImportDialog';
import { useImport } from './useImport';

/** Imports Strapi's own webhooks, after showing the result beforehand. Hidden if there are none. */
export function ImportButton({ variant }: { variant: 'secondary' | 'tertiary' }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const { waiting, isLoading, run, mayDisable } = useImport();
  if (waiting.length === 0 && !open) return null;
  return (
    <>
      <Button variant={variant} startIcon={<Download aria-hidden />} onClick={() => setOpen(true)}>
        {t('import.button', { count: waiting.length })}
      </Button>
      {open && (
        <ImportDialog
          webhooks={waiting}
          isLoading={isLoading}
          mayDisable={mayDisable}
          onImport={async (disableOriginals) => {
            await run(disableOriginals);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
