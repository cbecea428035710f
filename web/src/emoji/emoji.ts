import { fold } from "../app/match";
import { language } from "../text/text";

// All emoji with their short codes (GitHub's, which the server knows too) and words to find them by. Loaded when first needed.

export interface Emoji {
  char: string;
  code: string;
  group: number;
  name: string;
  words: string;
}

let loaded: Promise<Emoji[]> | undefined;

export function loadEmoji(): Promise<Emoji[]> {
  loaded ??= import("./data.json").then(({ default: rows }) =>
    (rows as unknown as [string, string, number, string, string][]).map(([char, code, group, en, de]) => ({
      char,
      code,
      group,
      name: code.replaceAll("_", " "),
      words: fold(`${code.replaceAll("_", " ")} ${en} ${language() === "de" ? de : ""}`),
    })),
  );
  return loaded;
}

/** The best of those that have all the words, those whose code begins with them first. */
export function findEmoji(all: Emoji[], text: string, limit: number): Emoji[] {
  const words = fold(text.replaceAll("_", " ")).split(/\s+/).filter(Boolean);
  const plain = words.join(" ");
  const points = (emoji: Emoji) =>
    emoji.name === plain
      ? 3
      : emoji.name.startsWith(plain)
        ? 2
        : ` ${emoji.words}`.includes(` ${plain}`)
          ? 1
          : 0;
  return all
    .filter((emoji) => words.every((word) => emoji.words.includes(word)))
    .map((emoji) => ({ emoji, points: points(emoji) }))
    .sort((a, b) => b.points - a.points)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}

const key = "emoji";
const usual = ["👍", "❤️", "😄", "🎉", "👀", "🙏"];

/** The ones used last on this device, filled up with usual ones. */
export function recentEmoji(count = 6): string[] {
  let used: string[] = [];
  try {
    used = JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    used = [];
  }
  return [...new Set([...used, ...usual])].slice(0, count);
}

export function usedEmoji(char: string) {
  localStorage.setItem(
    key,
    JSON.stringify([char, ...recentEmoji(18).filter((one) => one !== char)].slice(0, 18)),
  );
}
