// Asks the Go binary for the OpenAPI document and writes the types that the client uses. With --check it only says
// whether they are still those.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../..", import.meta.url).pathname;
const file = new URL("../src/api/schema.d.ts", import.meta.url);
const document = JSON.parse(
  execFileSync("go", ["run", "./cmd/parley", "openapi"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }),
);
const head = "// Written by `npm run generate` from the OpenAPI document of the server. Do not edit.\n\n";
const text = head + astToString(await openapiTS(document, { alphabetize: true }));
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("web/src/api/schema.d.ts is not what the server says of itself: make generate");
  process.exit(1);
}
