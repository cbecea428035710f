import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.PARLEY_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // a data: URL would have to be allowed by the policy
    modulePreload: { polyfill: false },
    manifest: true, // read by scripts/finish.js, which removes it
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What everybody loads first, in two files: fifty small ones cost as many requests, and pack worse.
        codeSplitting: {
          groups: [
            { name: "frame", tags: ["$initial"], priority: 2 },
            { name: "conversation", test: /[\\/]ConversationScreen\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
      "/files": server,
      "/avatars": server,
      "/previews": server,
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
});
