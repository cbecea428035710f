/** What a browser calls itself, as people would: "Firefox on Android". Undefined when it is no browser we know. */
export function deviceName(userAgent: string): { browser: string; system?: string } | undefined {
  const browser = browsers.find(([mark]) => mark.test(userAgent))?.[1];
  if (!browser) return undefined;
  return { browser, system: systems.find(([mark]) => mark.test(userAgent))?.[1] };
}

// The order matters: most claim to be others as well.
const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Vivaldi\//, "Vivaldi"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\/|HeadlessChrome\//, "Chrome"],
  [/Version\/.*Safari\//, "Safari"],
  [/^curl\//, "curl"],
];
const systems: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/CrOS/, "ChromeOS"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/Linux/, "Linux"],
];
