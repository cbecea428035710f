import { readFileSync } from "node:fs";
import {
  type Browser,
  type BrowserContext,
  test as base,
  type CDPSession,
  type Page,
} from "@playwright/test";
import { composer, timeline } from "../reading.ts";
import { add, at, kB, MB, ms, put } from "./report.ts";

// The budgets of the app (docs: how it feels), in a room of ten thousand messages.

const need = (name: string) => {
  const value = process.env[`PARLEY_BENCH_${name}`];
  if (!value) throw new Error(`PARLEY_BENCH_${name} is not set: this is called by make bench`);
  return value;
};
const url = need("URL");
const room = need("ROOM");
const rounds = Number(process.env.PARLEY_BENCH_ROUNDS ?? 5);

interface Watched {
  shown?: number; // when the first message and the field were there
  busy: { start: number; duration: number }[]; // long tasks
  frames: { start: number; duration: number }[]; // that took longer than 50 ms
  keys: { work: number; paint: number }[]; // of each key: until handled, until painted
}

/** Notes in the page what the browser measures there. */
function watch() {
  const page = window as unknown as Watched;
  page.busy = [];
  page.frames = [];
  page.keys = [];
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    });
  observe("longtask", ({ startTime, duration }) => page.busy.push({ start: startTime, duration }));
  observe("long-animation-frame", ({ startTime, duration }) =>
    page.frames.push({ start: startTime, duration }),
  );
  observe(
    "event",
    (entry) => {
      const { name, startTime, duration, processingEnd } = entry as PerformanceEventTiming;
      if (name === "keydown") page.keys.push({ work: processingEnd - startTime, paint: duration });
    },
    { durationThreshold: 16 },
  );
  const seen = () => {
    if (
      !document.querySelector("main [role=feed] article p") ||
      !document.querySelector("main [role=textbox], main textarea")
    )
      return false;
    page.shown ??= performance.now();
    return true;
  };
  new MutationObserver((_, observer) => seen() && observer.disconnect()).observe(document, {
    subtree: true,
    childList: true,
  });
}

const look = <T>(page: Page, read: (page: Watched) => T) =>
  page.evaluate(`(${read.toString()})(window)`) as Promise<T>;

async function visit(browser: Browser, options: object = {}) {
  const context = await browser.newContext({ baseURL: url, ...options });
  await context.addCookies([{ name: "parley_session", value: need("SESSION"), url }]);
  await context.addInitScript(watch);
  const page = await context.newPage();
  return { context, page, cdp: await context.newCDPSession(page) };
}

/** Waits until the page has had nothing to do for so long. */
async function quiet(page: Page, pause = 500) {
  await page.evaluate(
    (pause) =>
      new Promise<void>((resolve) => {
        let last = performance.now();
        let before = last;
        const frame = (now: number) => {
          if (now - before > 50) last = now;
          before = now;
          if (now - last > pause) resolve();
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    pause,
  );
}

const test = base.extend<object>({});
test.describe.configure({ mode: "serial" });

test("opening on a phone", async ({ browser }) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const shown: number[] = [];
  const ready: number[] = [];
  const loaded: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { context, page, cdp } = await visit(browser, { ...phone, serviceWorkers: "block" });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const bytes = countScripts(page, cdp);
    await page.goto(`/c/${room}`, { waitUntil: "commit" });
    await page.waitForFunction(() => (window as unknown as Watched).shown !== undefined);
    loaded.push(bytes.sum);
    await quiet(page);
    const told = await look(page, ({ shown, busy }) => ({ shown: shown ?? 0, busy }));
    shown.push(told.shown);
    // Interactive: it is shown, and the task that keeps a tap waiting has ended.
    ready.push(
      Math.max(
        told.shown,
        ...told.busy.filter((b) => b.start < told.shown + 500).map((b) => b.start + b.duration),
      ),
    );
    await context.close();
  }
  add("JavaScript until a conversation is shown, as sent (brotli)", loaded, kB);
  add("phone, processor 4x slower: messages and field are there", shown, ms);
  add("phone, processor 4x slower: interactive", ready, ms, "1,500 ms");
});

function countScripts(_page: Page, cdp: CDPSession) {
  const count = { sum: 0 };
  const scripts = new Set<string>();
  cdp.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) count.sum += encodedDataLength;
  });
  void cdp.send("Network.enable");
  return count;
}

test("scrolling through ten thousand messages", async ({ browser }) => {
  const { context, page } = await visit(browser);
  await page.goto(`/c/${room}`);
  await timeline(page).getByRole("article").first().waitFor();
  await quiet(page);
  await timeline(page).hover();
  const told = await page.evaluate(async () => {
    const watched = window as unknown as Watched;
    const feed = document.querySelector("main [role=feed]");
    let scroller = feed as HTMLElement;
    while (scroller.scrollHeight <= scroller.clientHeight && scroller.parentElement)
      scroller = scroller.parentElement;
    watched.frames.length = 0;
    const began = performance.now();
    const gaps: number[] = [];
    let before = began;
    // As fast as a wheel: a screen in about a tenth of a second, waiting at the edge only for what is being loaded.
    for (let still = 0; still < 120; ) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      gaps.push(now - before);
      before = now;
      still = scroller.scrollTop <= 1 ? still + 1 : 0;
      scroller.scrollTop -= 120;
      if (now - began > 180_000) break;
    }
    const oldest = feed?.querySelector("article")?.textContent ?? "";
    return { gaps, frames: watched.frames, oldest, seconds: (performance.now() - began) / 1000 };
  });
  const long = told.frames.map((frame) => frame.duration);
  put({
    what: "scrolling up through 10,000 messages: frames over 50 ms",
    value: `${long.length} of ${told.gaps.length}`,
    spread: `p99 of a frame ${ms(at(told.gaps, 0.99))}, longest ${ms(Math.max(0, ...told.gaps))}`,
    aim: "none",
  });
  await context.close();
});

test("typing", async ({ browser }) => {
  for (const [rate, where] of [
    [1, ""],
    [4, ", processor 4x slower"],
  ] as const) {
    const { context, page, cdp } = await visit(browser);
    await page.goto(`/c/${room}`);
    await composer(page).click();
    await quiet(page);
    await composer(page).pressSequentially("Warm up. ", { delay: 30 });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    await look(page, (watched) => {
      watched.keys.length = 0;
    });
    const text = "The green boat leaves at nine, and who is late may swim after it. ".repeat(3);
    await composer(page).pressSequentially(text, { delay: 40 });
    await quiet(page);
    const keys = await look(page, ({ keys }) => keys);
    // Only keys that took 16 ms or more are told; of the others it is known that they did not.
    const all = [...keys.map((key) => key.work), ...Array(Math.max(0, text.length - keys.length)).fill(0)];
    const over = keys.filter((key) => key.work > 16).length;
    put({
      what: `typing${where}: keys whose handling took over 16 ms`,
      value: `${over} of ${text.length}`,
      spread: `p99 ${at(all, 0.99) === 0 ? "under 16 ms" : ms(at(all, 0.99))}`,
      aim: "none",
    });
    await composer(page).fill("");
    await context.close();
  }
});

test("a tab that stays open", async ({ browser }) => {
  const { context, page, cdp } = await visit(browser);
  await page.goto(`/c/${room}`);
  await timeline(page).getByRole("article").first().waitFor();
  await quiet(page);
  // An hour of a busy room: two thousand messages arrive while it is looked at.
  await hour(context);
  await quiet(page, 1500);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  add("a tab after an hour's 2,000 messages: JavaScript heap", [usedSize], MB);
  add("a tab after an hour's 2,000 messages: its process", [await processOf(browser)], MB, "150 MB");
  await context.close();
});

async function hour(context: BrowserContext) {
  const headers = { Authorization: `Bearer ${need("AUTHOR")}`, Cookie: "" };
  let n = 0;
  const say = async () => {
    while (n < 2000) {
      const body = `It is ${n++} past, and the boat is still here`;
      const answer = await context.request.post(`/api/v1/conversations/${room}/messages`, {
        headers,
        data: { body },
      });
      if (!answer.ok()) throw new Error(await answer.text());
    }
  };
  await Promise.all([say(), say(), say(), say()]);
}

/** What belongs to the page's process alone, in bytes: Linux counts it in smaps_rollup. */
async function processOf(browser: Browser) {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))
    .map((text) =>
      [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].reduce(
        (sum, [, kb]) => sum + Number(kb) * 1024,
        0,
      ),
    );
  return Math.max(...sizes);
}
