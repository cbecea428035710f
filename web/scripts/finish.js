// After the build: the service worker with its list of files, brotli and gzip beside each file, and the budget.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const budget = 200_000; // bytes of JavaScript, gzip, before a conversation can be read

const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
rmSync(join(dist, ".vite"), { recursive: true });

const initial = new Set();
const collect = (key) => {
  const chunk = manifest[key];
  if (initial.has(chunk.file)) return;
  initial.add(chunk.file);
  for (const other of chunk.imports ?? []) collect(other);
};
// What a signed-in person loads first: the shell, the conversation and the socket.
const first = ["index.html", "src/conversation/ConversationScreen.tsx"].filter((key) => manifest[key]);
for (const key of first) collect(key);
for (const [key, chunk] of Object.entries(manifest))
  if (/node_modules\/centrifuge\//.test(chunk.src ?? key)) collect(key);

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length));

const cached = files.filter((file) => file.startsWith("assets/") || file === "icon.svg");
const worker = readFileSync(new URL("worker.js", import.meta.url), "utf8");
const version = [...cached].sort().join("|");
let hash = 0;
for (const letter of version) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
const list = /\[\s*\/\* FILES \*\/\s*\]/;
if (!list.test(worker)) throw new Error("worker.js has no place for the list of files");
writeFileSync(
  join(dist, "sw.js"),
  worker
    .replace("__VERSION__", (hash >>> 0).toString(36))
    .replace(list, JSON.stringify(cached.map((file) => `/${file}`))),
);

let size = 0;
for (const file of [...files, "sw.js"]) {
  if (!/\.(js|css|html|svg|json|webmanifest|txt)$/.test(file)) continue;
  const raw = readFileSync(join(dist, file));
  const gzip = gzipSync(raw, { level: 9 });
  if (initial.has(file) && file.endsWith(".js")) size += gzip.length;
  if (file === "index.html" || raw.length < 1024) continue; // index is made anew at each request
  writeFileSync(join(dist, `${file}.gz`), gzip);
  writeFileSync(
    join(dist, `${file}.br`),
    brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}
if (!existsSync(join(dist, ".gitkeep"))) writeFileSync(join(dist, ".gitkeep"), "");
console.log(
  `initial JavaScript: ${(size / 1000).toFixed(1)} kB gzip in ${initial.size} files, budget ${budget / 1000} kB`,
);
if (process.argv.includes("--files") || size > budget) {
  const sizes = [...initial]
    .filter((file) => file.endsWith(".js"))
    .map((file) => [gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, file])
    .sort((a, b) => b[0] - a[0]);
  for (const [bytes, file] of sizes.slice(0, 15))
    console.log(`${(bytes / 1000).toFixed(1).padStart(7)} ${file}`);
}
if (size > budget) {
  console.error("over budget");
  process.exit(1);
}
