// Writes src/emoji/data.json: [emoji, short code, group, words in English, words in German], from emojibase-data (MIT).
// Not needed for a build: `npm install --no-save emojibase-data && node scripts/emoji.js` when Unicode has new ones.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.EMOJIBASE ?? import.meta.url);
const english = require("emojibase-data/en/compact.json");
const codes = require("emojibase-data/en/shortcodes/github.json");
const german = new Map(require("emojibase-data/de/compact.json").map((e) => [e.hexcode, e]));

const rows = english
  .filter((e) => e.group !== undefined && e.group !== 2 && codes[e.hexcode])
  .sort((a, b) => a.order - b.order)
  .map((e) => {
    const code = [codes[e.hexcode]].flat()[0];
    const own = german.get(e.hexcode);
    const words = (one) => [...new Set([one.label, ...(one.tags ?? []).slice(0, 6)])].join(" ");
    return [e.unicode, code, e.group, words(e), own ? words(own) : ""];
  });
writeFileSync(
  new URL("../src/emoji/data.json", import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`,
);
console.log(rows.length);
