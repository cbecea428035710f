// Asks the Go binary for the OpenAPI document and writes the types that the client uses.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../..", import.meta.url).pathname;
const document = JSON.parse(
  execFileSync("go", ["run", "./cmd/parley", "openapi"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }),
);
const head = "// Written by `npm run generate` from the OpenAPI document of the server. Do not edit.\n\n";
writeFileSync(
  new URL("../src/api/schema.d.ts", import.meta.url),
  head + astToString(await openapiTS(document, { alphabetize: true })),
);
