import { useEffect } from 'react';
import { useForm } from '@strapi/strapi/admin';
import { changedNames, merged } from './edits';
import type { Editing, Stored } from './useEditing';

interface FollowStoredProps<Values> {
  editing: Editing<Values>;
  stored: Stored<Values>;
}

/**
 * Inside a form: takes over what has changed in what is stored, and keeps what was typed. Where both changed the same
 * field nothing is touched: saving will say so, and let one choose.
 */
export function FollowStored<Values extends object>({ editing, stored }: FollowStoredProps<Values>): null {
  const { getValues, resetForm, setValues } = useForm('FollowStored', (form) => form);
  const { read, refused } = editing;
  const isChoosing = refused !== null;
  useEffect(() => {
    const known = read.current;
    // While one chooses, what was typed is compared with what was read; and what was just saved is asked for anew.
    if (isChoosing || stored.version < known.version) return;
    const isSame = stored.version === known.version && changedNames(known.values, stored.values).length === 0;
    if (isSame) return;
    const { values, conflicts } = merged(known.values, getValues() as Values, stored.values);
    if (conflicts.length > 0) return;
    read.current = stored;
    resetForm(stored.values);
    setValues(values);
  }, [stored, isChoosing, read, getValues, resetForm, setValues]);
  return null;
}
