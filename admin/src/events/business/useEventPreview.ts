import { useEffect, useMemo, useRef, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { BusinessEventInput, BusinessEventPreviewResult, EntryReference } from '../../../../contracts';
import { useProblemText } from '../../api/useProblemText';
import { complaintsAt } from '../../editing/complaints';
import { useBusinessEventPreview } from '../api';
import { isFilled, previewable, shownAt } from './event-form';
import { useBusinessEventForm } from './useBusinessEventForm';
import { useSubjects } from './useSubjects';

const typingPauseMs = 500;

export interface EventPreview {
  /** Of the form as it stood when it could be previewed last. */
  result: BusinessEventPreviewResult | undefined;
  /** Null: the sample. */
  entry: EntryReference | null;
  chooseEntry: (entry: EntryReference | null) => void;
  /** Not enough is filled in. */
  isWaiting: boolean;
  isLoading: boolean;
  isStale: boolean;
  error: unknown;
  refetch: () => void;
}

/** What would be sent of the event as the form stands. What is wrong is also told at the fields. */
export function useEventPreview(id: number | undefined): EventPreview {
  const { values } = useBusinessEventForm();
  const { subjectOf } = useSubjects();
  const [chosen, setChosen] = useState<EntryReference | null>(null);
  const entry = chosen?.uid === values.contentType ? chosen : null;
  const settled = useDebounce(values, typingPauseMs);
  const typeName = subjectOf(settled.contentType)?.typeName ?? 'business';
  const input = useMemo(() => previewable(settled, `${typeName}.preview`), [settled, typeName]);
  const { data, isFetching, error, refetch } = useBusinessEventPreview(
    {
      ...(id !== undefined && { id }),
      // Never asked without one.
      event: input ?? ({} as BusinessEventInput),
      entry,
    },
    { skip: !input },
  );
  useProblemsAtFields(input && !isFetching && settled === values ? data : undefined);
  return {
    result: input ? data : undefined,
    entry,
    chooseEntry: setChosen,
    isWaiting: !input,
    isLoading: isFetching && !data,
    isStale: isFetching || settled !== values,
    error: isFetching ? undefined : error,
    refetch,
  };
}

/** Tells the problems of a preview at their fields, and takes them back when they are mended. */
function useProblemsAtFields(result: BusinessEventPreviewResult | undefined): void {
  const form = useBusinessEventForm();
  const problemText = useProblemText();
  const told = useRef<string[]>([]);
  const latest = useRef(form);
  latest.current = form;
  useEffect(() => {
    const { values, errors, setErrors } = latest.current;
    // Where rows are left out of the preview, its places are not those of the form.
    if (!result || !isFilled(values)) return;
    const problems = complaintsAt(result.problems, shownAt(values), problemText);
    const names = Object.keys(problems);
    if (names.length === 0 && told.current.length === 0) return;
    const others = Object.entries(errors).filter(([name]) => !told.current.includes(name));
    told.current = names;
    setErrors({ ...Object.fromEntries(others), ...problems } as typeof errors);
  }, [result, problemText]);
}
