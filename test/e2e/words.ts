import { de } from "../../web/src/text/de";
import { en } from "../../web/src/text/en";
import { more } from "../../web/src/text/en/more";
import { accented, mirrored } from "../../web/src/text/pseudo";

// What the app says, from its own catalogues, so that one specification reads the same in every language.

const english = { ...en, ...more };

export const languages = ["en", "de", "en-XA", "ar-XB"] as const;
export type Language = (typeof languages)[number];
export type Words = (key: keyof typeof english) => string;

/** The texts of a language; those with values in them are not looked up here. */
export function wordsOf(language: Language): Words {
  return (key) => {
    const entry = language === "de" ? de[key] : english[key];
    const text = typeof entry === "string" ? entry : entry.other;
    if (language === "en-XA") return accented(text);
    return language === "ar-XB" ? mirrored(text) : text;
  };
}

/** English texts that say something else in German: seen in the German app, one was forgotten. */
export const notGerman = Object.entries<string | { other: string }>(english)
  .filter(([key, text]) => typeof text === "string" && text !== de[key as keyof typeof de])
  .map(([, text]) => text as string);
