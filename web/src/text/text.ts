import { type Catalogue, en } from "./en";
import { accented, mirrored } from "./pseudo";

// The words of the app. t("key", {name}) gives the text in the reader's language; a key that does not exist, or a
// missing value, does not compile. Changing the language draws everything anew (see App), so t is a plain function.

type Entry = string | { one: string; other: string };
export type Key = keyof Catalogue;

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type TextOf<E> = E extends { one: infer O; other: infer P } ? O | P : E;
type Values<K extends Key> = Names<TextOf<Catalogue[K]>>;
type Arguments<K extends Key> = [Values<K>] extends [never]
  ? []
  : [values: Record<Values<K>, string | number>];

export type Language = "en" | "de" | "en-XA" | "ar-XB";
export const languages: { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "de", name: "Deutsch" },
];

interface State {
  code: Language;
  locale: string;
  entries?: Record<string, Entry>; // without: English
  change?: (text: string) => string; // of a made-up language
  plural: Intl.PluralRules;
}

const english: Record<string, Entry> = { ...en };
let now: State = { code: "en", locale: locale("en"), plural: new Intl.PluralRules("en") };
const listeners = new Set<() => void>();

/** The text of a key. A value called `n` picks the plural. */
export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  const entry: Entry = now.entries?.[key] ?? english[key] ?? key;
  const given = values as Record<string, string | number> | undefined;
  const plain =
    typeof entry === "string"
      ? entry
      : entry[now.plural.select(Number(given?.n ?? 0)) === "one" ? "one" : "other"];
  const text = now.change ? now.change(plain) : plain;
  if (!given) return text;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** The text of a key that was put together from what the server said, when there is one. */
export function lookup(key: string, values: Record<string, string | number>): string | undefined {
  return key in english
    ? (t as (key: string, values: Record<string, string | number>) => string)(key, values)
    : undefined;
}

export const language = () => now.code;
/** The BCP 47 tag for Intl: the browser's own variant of the chosen language when it has one ("en-GB"). */
export const currentLocale = () => now.locale;
export const direction = () => (now.code === "ar-XB" ? "rtl" : "ltr");

export function subscribeLanguage(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Loads a language and shows the app in it. */
export async function setLanguage(code: Language) {
  now = await load(code);
  document.documentElement.lang = now.locale;
  document.documentElement.dir = direction();
  document.getElementById("floats")?.setAttribute("aria-label", t("app.floats"));
  for (const listener of listeners) listener();
}

async function load(code: Language): Promise<State> {
  const plural = new Intl.PluralRules(code === "de" ? "de" : "en");
  if (code === "de") {
    const { de } = await import("./de");
    return { code, locale: locale("de"), entries: de, plural };
  }
  if (code === "en-XA") return { code, locale: "en", change: accented, plural };
  if (code === "ar-XB") return { code, locale: "en", change: mirrored, plural };
  return { code, locale: locale("en"), plural };
}

/** More of the English catalogue, with a screen that is loaded when first needed. */
export function addEnglish(entries: Record<string, Entry>) {
  Object.assign(english, entries);
}

function locale(code: string) {
  const own = globalThis.navigator?.languages?.find((tag) => tag === code || tag.startsWith(`${code}-`));
  return own ?? code;
}

/** ?lang= in the address (pseudo-locales too), then what the person chose, then the browser's, then English. */
export function chooseLanguage(preferred?: string): Language {
  const asked = new URLSearchParams(globalThis.location?.search).get("lang");
  const wanted = [asked, sessionStorage.getItem("lang"), preferred, ...(navigator.languages ?? [])];
  if (asked) sessionStorage.setItem("lang", asked);
  for (const tag of wanted) {
    if (tag === "en-XA" || tag === "ar-XB") return tag;
    if (tag?.toLowerCase().startsWith("de")) return "de";
    if (tag?.toLowerCase().startsWith("en")) return "en";
  }
  return "en";
}

export function number(value: number) {
  return new Intl.NumberFormat(now.locale).format(value);
}
