import type { Translated } from "../en";
import type { settings as en } from "../en/settings";

export const settings: Translated<typeof en> = {
  "settings.looks": "Aussehen",
  "settings.colours": "Farben",
  "settings.colours.auto": "Wie auf diesem Gerät",
  "settings.colours.light": "Hell",
  "settings.colours.dark": "Dunkel",
  "settings.language": "Sprache",
  "settings.writing": "Schreiben",
  "settings.enterSends": "Eingabetaste sendet, mit Umschalttaste neue Zeile",
};
