const relativePrecision = 1e-16;
const iterationLimit = 100_000;
/** Stands in for a zero denominator in the continued fraction. */
const tiny = 1e-300;

/**
 * Upper regularised incomplete gamma function Q(a, x) for a = halves / 2, without unit.
 *
 * Power series of P(a, x) = 1 − Q(a, x) for x < a + 1, else Legendre's continued fraction by Lentz's method.
 * `halves` is a whole number from 1 up and x ≥ 0. Source: Abramowitz & Stegun, 6.5.29 and 6.5.31.
 */
export function upperIncompleteGamma(halves: number, x: number): number {
  if (!Number.isInteger(halves) || halves < 1) {
    throw new RangeError(`Twice the shape must be a whole number from 1 up, not ${halves}.`);
  }
  if (Number.isNaN(x) || x < 0) throw new RangeError(`The argument must be 0 or more, not ${x}.`);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const shape = halves / 2;
  const factor = Math.exp(shape * Math.log(x) - x - logGammaOfHalves(halves));
  if (x < shape + 1) return 1 - factor * lowerSeries(shape, x);
  return factor * upperContinuedFraction(shape, x);
}

/** ln Γ(halves / 2) by the recurrence Γ(a + 1) = a Γ(a) from Γ(1/2) = √π or Γ(1) = 1. */
function logGammaOfHalves(halves: number): number {
  const isOdd = halves % 2 === 1;
  let sum = isOdd ? Math.log(Math.PI) / 2 : 0;
  for (let shape = isOdd ? 0.5 : 1; shape < halves / 2; shape += 1) sum += Math.log(shape);
  return sum;
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < iterationLimit && term > sum * relativePrecision; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function upperContinuedFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < iterationLimit; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b);
    c = nonZero(b + a / c);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) <= relativePrecision * 10) break;
  }
  return value;
}

function nonZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
