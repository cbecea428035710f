// Made-up languages that show what is not translated, too narrow, or built for one direction only.

const letters: Record<string, string> = {
  a: "å",
  b: "ƀ",
  c: "ç",
  d: "ð",
  e: "é",
  f: "ƒ",
  g: "ĝ",
  h: "ĥ",
  i: "î",
  j: "ĵ",
  k: "ķ",
  l: "ļ",
  m: "ɱ",
  n: "ñ",
  o: "ö",
  p: "þ",
  q: "ǫ",
  r: "ŕ",
  s: "š",
  t: "ţ",
  u: "û",
  v: "ṽ",
  w: "ŵ",
  x: "ẋ",
  y: "ý",
  z: "ž",
}; // prettier-ignore

const outside = (text: string, change: (part: string) => string) =>
  text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith("{") ? part : change(part)))
    .join("");

/** "Sent" becomes "[Šéñţ one]": accents, brackets, a third longer. */
export function accented(text: string) {
  const longer = " one two three four five six seven eight".slice(0, Math.ceil(text.length / 3));
  return `[${outside(text, (part) => part.replace(/[a-z]/g, (letter) => letters[letter] ?? letter))}${longer}]`;
}

/** The letters run from right to left, as in Arabic or Hebrew. */
export function mirrored(text: string) {
  return outside(text, (part) => part.replace(/\p{L}+/gu, (word) => `\u202e${word}\u202c`));
}
