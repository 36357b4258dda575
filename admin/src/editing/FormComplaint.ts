interface Complaint {
  path: string;
  message: string;
}

/** Strapi's form expects errors in the shape that yup throws. */
export class FormComplaint extends Error {
  override readonly name = 'ValidationError';
  readonly inner: Complaint[];

  /** `words`: a complaint in the administrator's language. */
  constructor(problems: readonly Complaint[], words: (message: string) => string) {
    super('The form is not complete.');
    this.inner = problems.map(({ path, message }) => ({ path, message: words(message) }));
  }
}
