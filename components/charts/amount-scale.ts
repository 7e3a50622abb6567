import { groupThousands } from "#lib/domain/group-thousands.ts";
import { createAxisScale, type AxisScale, type AxisScaleOptions, type AxisUnit } from "./axis-scale.ts";

const powers = Array.from({ length: 17 }, (_, index) => 10 ** (index - 4));

const amountUnit: AxisUnit = {
  roundValues: powers.flatMap((power) => [power, 2 * power, 5 * power]),
  formatTick: formatAmount,
};

/** An axis of plain amounts, with ticks at 1, 2 and 5 times a power of ten. */
export function createAmountScale(options: AxisScaleOptions): AxisScale {
  return createAxisScale(options, amountUnit);
}

/** `0.021`, `4.5`, `1,240`: three digits that count. */
export function formatAmount(value: number): string {
  return groupThousands(Number(value.toPrecision(3)));
}
