/** As much of better-sqlite3 as the tests use to read a file whose process is gone. */
declare module 'better-sqlite3' {
  interface Statement {
    get(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
  }
  class Database {
    constructor(file: string, options?: { readonly?: boolean });
    prepare(sql: string): Statement;
    close(): void;
  }
  export default Database;
}
