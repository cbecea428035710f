/** How well words match a name: undefined not at all; a beginning is better than the beginning of a word, and that than within. */
export function score(name: string, words: string): number | undefined {
  const plain = fold(name);
  let sum = 0;
  for (const word of fold(words).split(/\s+/).filter(Boolean)) {
    const at = plain.indexOf(word);
    if (at < 0) return undefined;
    const wordStart = new RegExp(`(^|[\\s@#._-])${escaped(word)}`).test(plain);
    sum += at === 0 ? 4 : wordStart ? 3 : 1;
  }
  return sum - plain.length / 1000;
}

/** The ones that match, best first; a weight of their own counts too. */
export function rank<T extends { weight?: number }>(all: T[], words: string, name: (one: T) => string): T[] {
  return all
    .flatMap((one) => {
      const found = score(name(one), words);
      return found === undefined ? [] : [{ one, points: found + (one.weight ?? 0) }];
    })
    .sort((a, b) => b.points - a.points)
    .map(({ one }) => one);
}

/** Lower case without accents: "Zoë" is found by "zoe". */
export const fold = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLocaleLowerCase();

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
