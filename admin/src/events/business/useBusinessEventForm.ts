import { useTypedForm } from '../../editing/useTypedForm';
import type { BusinessEventFormState } from './event-form';

/** The state of the form of a business event. */
export const useBusinessEventForm = () => useTypedForm<BusinessEventFormState>();
