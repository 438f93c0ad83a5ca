import { expect, it } from "vitest";
import { seriesOf } from "../evaluate/sample-series.ts";
import { dayMs } from "../time.ts";
import { measureVolatility } from "./measure-volatility.ts";

const prices = Array.from({ length: 60 }, (_, day) => (day % 2 === 0 ? 100 : 102));

it("measures a price that swings by two per cent a day, with ranges where the bars have them", () => {
  const samples = seriesOf(prices);
  const asOf = samples.at(-1)?.at ?? 0;
  const step = Math.log(1.02);
  const { closeToClose, ewma, rangeBased } = measureVolatility({ samples, asOf });
  expect(ewma).toBeCloseTo(step * Math.sqrt(365), 5);
  // 30 returns of the two signs in turn: the sample deviation is the step times the root of 30/29.
  expect(closeToClose).toBeCloseTo(step * Math.sqrt((365 * 30) / 29), 5);
  expect(rangeBased).toBeNull();
  const bars = samples.map(sample => ({ ...sample, openUsd: 101, highUsd: 103, lowUsd: 99 }));
  expect(measureVolatility({ samples: bars, asOf }).rangeBased).toBeGreaterThan(0.3);
});

it("needs more than a week, and looks at nothing later", () => {
  const samples = seriesOf(prices);
  const none = { closeToClose: null, ewma: null, rangeBased: null };
  expect(measureVolatility({ samples, asOf: (samples[0]?.at ?? 0) + 5 * dayMs })).toEqual(none);
});
