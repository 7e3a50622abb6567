/**
 * `1,240.5`: all digits, those before the point in groups of three. JavaScript's own formats take a browser longer to
 * set up than it takes to draw a page, and what every page loads writes numbers.
 */
export function groupThousands(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
