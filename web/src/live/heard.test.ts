import { describe, expect, it } from "vitest";
import { asNewAsHeard, hear, joined, unheard } from "./heard";

/** Answers with these changes, one after the other, and counts. */
const pages = (...changes: number[]) => {
  const read = async () => changes[Math.min(read.times++, changes.length - 1)]!;
  read.times = 0;
  return read;
};
const same = (change: number) => change;

describe("a page that is on its way while the stream goes on", () => {
  it("is read again when the stream tells of something newer", async () => {
    const read = pages(4, 5);
    const page = asNewAsHeard("a", read, same);
    hear("a", 5);
    expect(await page).toBe(5);
    expect(read.times).toBe(2);
  });
  it("is read again when the stream was joined behind it", async () => {
    const read = pages(4, 7);
    const page = asNewAsHeard("b", read, same);
    joined("b", 7);
    expect(await page).toBe(7);
  });
  it("is read once when nothing happens, and when it is newer than the stream", async () => {
    joined("c", 4);
    hear("c", 3);
    const read = pages(4);
    expect(await asNewAsHeard("c", read, same)).toBe(4);
    expect(read.times).toBe(1);
  });
  it("is not held against a stream that has gone back in time, or was left", async () => {
    joined("d", 90);
    joined("d", 3); // the data was restored from a backup
    const read = pages(3);
    await asNewAsHeard("d", read, same);
    expect(read.times).toBe(1);
    hear("d", 90);
    unheard("d");
    await asNewAsHeard("d", read, same);
    expect(read.times).toBe(2);
  });
  it("is taken as it is when it stays behind", async () => {
    hear("e", 9);
    const read = pages(4);
    expect(await asNewAsHeard("e", read, same)).toBe(4);
    expect(read.times).toBe(3);
  });
});
