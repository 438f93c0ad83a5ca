import { expect, it } from "vitest";
import { dateMaker, unpackColumns, unpackRows } from "./packed-rows.ts";

const fields = { id: "int8", price: "float8", at: "timestamptz" } as const;

function pack(id: number, price: number, at: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64BE(BigInt(id), 0);
  bytes.writeDoubleBE(price, 8);
  bytes.writeBigInt64BE(BigInt((at - Date.UTC(2000, 0, 1)) * 1_000), 16);
  return bytes;
}

const bytes = Buffer.concat([
  pack(2 ** 40, 0.1, Date.UTC(2026, 2, 1)),
  pack(7, Number.NaN, Date.UTC(1999, 0, 1)),
]);

it("reads rows in their order, each as values of its own", () => {
  expect(unpackRows(bytes, fields, row => ({ ...row }))).toEqual([
    { id: 2 ** 40, price: 0.1, at: Date.UTC(2026, 2, 1) },
    { id: 7, price: Number.NaN, at: Date.UTC(1999, 0, 1) },
  ]);
});

it("reads the same column by column", () => {
  expect(unpackColumns(bytes, fields)).toEqual({
    id: Float64Array.of(2 ** 40, 7),
    price: Float64Array.of(0.1, Number.NaN),
    at: Float64Array.of(Date.UTC(2026, 2, 1), Date.UTC(1999, 0, 1)),
  });
});

it("reads no rows", () => {
  expect(unpackRows(Buffer.alloc(0), fields, row => row)).toEqual([]);
});

it("makes one date of equal times that follow each other", () => {
  const toDate = dateMaker();
  const [first, second, third, fourth] = [5, 5, 6, 5].map(toDate);
  expect([first, second, third, fourth]).toEqual([new Date(5), new Date(5), new Date(6), new Date(5)]);
  expect(second).toBe(first);
});

it("refuses bytes that are no whole number of rows", () => {
  expect(() => unpackRows(pack(1, 1, 0).subarray(1), fields, row => row)).toThrow(
    new RangeError("23 bytes are no whole number of rows of 24 bytes"),
  );
});
