/** A pivot this small beside the largest entry of the matrix counts as zero. */
const relativePivotTolerance = 1e-12;

/**
 * Solves the square system matrix · x = right by Gaussian elimination with partial pivoting.
 * Null when the matrix has no inverse. The arguments stay as they are.
 * Source: Golub & Van Loan, Matrix Computations, section 3.4.
 */
export function solveLinearSystem(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | null {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const largestEntry = matrix.flat().reduce((largest, entry) => Math.max(largest, Math.abs(entry)), 0);
  for (let column = 0; column < size; column += 1) {
    const pivotRow = takePivotRow(rows, column);
    const pivot = pivotRow?.[column] ?? 0;
    if (pivotRow === undefined || Math.abs(pivot) <= largestEntry * relativePivotTolerance) return null;
    rows.splice(column, 0, pivotRow);
    for (let index = column + 1; index < size; index += 1) {
      const row = rows[index] ?? [];
      const factor = (row[column] ?? 0) / pivot;
      rows[index] = row.map((entry, place) => entry - factor * (pivotRow[place] ?? 0));
    }
  }
  return substituteBack(rows, size);
}

/** Takes the row with the largest entry in `column` out of the rows that are not yet used. */
function takePivotRow(rows: number[][], column: number): number[] | undefined {
  let best = column;
  for (let index = column + 1; index < rows.length; index += 1) {
    if (Math.abs(rows[index]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = index;
  }
  return rows.splice(best, 1)[0];
}

function substituteBack(rows: readonly (readonly number[])[], size: number): number[] {
  const solution: number[] = Array.from({ length: size }, () => 0);
  for (let index = size - 1; index >= 0; index -= 1) {
    const row = rows[index] ?? [];
    const known = solution.reduce(
      (sum, value, place) => sum + (place > index ? value * (row[place] ?? 0) : 0),
      0,
    );
    solution[index] = ((row[size] ?? 0) - known) / (row[index] ?? 1);
  }
  return solution;
}
