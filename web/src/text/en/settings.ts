export const settings = {
  "settings.looks": "Looks",
  "settings.colours": "Colours",
  "settings.colours.auto": "As on this device",
  "settings.colours.light": "Light",
  "settings.colours.dark": "Dark",
  "settings.language": "Language",
  "settings.writing": "Writing",
  "settings.enterSends": "Enter sends, shift and enter make a new line",
} as const;
