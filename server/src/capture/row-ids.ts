/**
 * The ids of rows that `createMany` wrote. MySQL and MariaDB return the first of each statement only; the
 * others follow at a fixed distance, since the number of rows is known beforehand
 * (`innodb_autoinc_lock_mode`, all modes).
 *
 * @param told `result.ids` of the lifecycle
 * @returns null if they cannot be known
 */
export function createdIds(input: {
  told: readonly unknown[];
  data: readonly { id?: unknown }[];
  rowsPerStatement: number;
  step: number;
}): number[] | null {
  const { told, data, rowsPerStatement, step } = input;
  if (told.length === data.length) return told.map(Number);
  if (data.every(({ id }) => id !== undefined && id !== null)) return data.map(({ id }) => Number(id));
  if (told.length !== Math.ceil(data.length / rowsPerStatement)) return null;
  return data.map((_, index) => {
    const first = Number(told[Math.floor(index / rowsPerStatement)]);
    return first + (index % rowsPerStatement) * step;
  });
}
