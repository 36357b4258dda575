/** As much of better-sqlite3 as the tests use to reach into a database beside its process. */
declare module 'better-sqlite3' {
  interface Statement {
    get(...values: unknown[]): unknown;
    /** Whether it gives rows. */
    readonly reader: boolean;
    run(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
  }
  class Database {
    constructor(file: string, options?: { readonly?: boolean; timeout?: number });
    prepare(sql: string): Statement;
    close(): void;
  }
  export default Database;
}
