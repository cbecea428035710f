import { writeFileSync } from "node:fs";

// What was measured, as rows for docs/benchmarks.md.

export interface Row {
  what: string;
  value: string;
  spread: string;
  aim: string;
}

const rows: Row[] = [];
type Write = (value: number) => string;

export const ms: Write = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const kB: Write = (bytes) => `${Math.round(bytes / 1000)} kB`;
export const MB: Write = (bytes) => `${Math.round(bytes / (1 << 20))} MB`;

/** The value below which a share of all lies. */
export function at(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? Number.NaN;
}

/** A row of repeated measurements: their median, least and greatest. */
export function add(what: string, values: number[], write: Write, aim = "") {
  const spread = values.length > 1 ? `${write(Math.min(...values))} to ${write(Math.max(...values))}` : "";
  put({ what, value: write(at(values, 0.5)), spread, aim });
}

export function put(row: Row) {
  rows.push(row);
  const out = process.env.PARLEY_BENCH_OUT;
  if (out) writeFileSync(out, JSON.stringify(rows));
}
