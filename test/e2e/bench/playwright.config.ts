import { defineConfig } from "@playwright/test";
import tests from "../playwright.config.ts";

// Measurements in the browser of the tests: `make bench` starts the server and says by PARLEY_BENCH_... where it is.
export default defineConfig({
  ...tests,
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "../results/bench",
  timeout: 300_000,
  projects: [{ name: "bench" }],
  use: { ...tests.use, trace: "off", screenshot: "off" },
});
