import { defineConfig } from "@playwright/test";

// Tests in a real Chromium: Debian's, or the one that CHROMIUM names. Each test starts the servers it needs itself,
// on free ports, from bin/parley.
export default defineConfig({
  testDir: ".",
  outputDir: "results",
  reporter: process.stdout.isTTY ? "list" : "line",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1, // two cores: one for the browsers, one for the servers
  forbidOnly: !process.stdout.isTTY,
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
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
