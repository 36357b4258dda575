import type { BusinessEventSubject } from '../../../../contracts';
import { useBusinessEventSubjects } from '../api';

const noSubjects: BusinessEventSubject[] = [];

interface Subjects {
  subjects: BusinessEventSubject[];
  /** The content type with this uid. */
  subjectOf: (uid: string) => BusinessEventSubject | undefined;
  isLoading: boolean;
  error: unknown;
  refetch: () => void;
}

/** The content types that can have business events. */
export function useSubjects(): Subjects {
  const { data, isLoading, error, refetch } = useBusinessEventSubjects();
  const subjects = data?.results ?? noSubjects;
  return {
    subjects,
    subjectOf: (uid) => subjects.find((subject) => subject.uid === uid),
    isLoading,
    error,
    refetch,
  };
}
