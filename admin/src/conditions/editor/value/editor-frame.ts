/** What every field of a value is given. */
export interface EditorFrame {
  /** Its accessible name. */
  label: string;
  disabled: boolean;
  hasError: boolean;
  describedBy: string | undefined;
}
