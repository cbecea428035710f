import { defineConfig } from "@playwright/test";
import type { Options } from "./test.ts";

// Tests in a real Chromium: Debian's, or the one that CHROMIUM names. Each test starts the servers it needs itself,
// on free ports, from bin/parley. The story runs on every ground that scripts/test has laid; the rest on SQLite.
const joined = process.env.PARLEY_TEST_POSTGRES && process.env.PARLEY_TEST_REDIS;

export default defineConfig<Options>({
  testDir: ".",
  outputDir: "results",
  reporter: process.stdout.isTTY ? "list" : "line",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1, // two cores: one for the browsers, one for the servers
  forbidOnly: !process.stdout.isTTY,
  projects: [
    { name: "sqlite", use: { ground: "sqlite" } },
    ...(joined
      ? [
          { name: "postgres", use: { ground: "postgres" as const }, testMatch: "story.spec.ts" },
          { name: "nodes", use: { ground: "nodes" as const }, testMatch: "story.spec.ts" },
        ]
      : []),
  ],
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox", // the tests may run as root, in a container
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    },
  },
});
