import type { Translated } from "../en";
import type { enter as en } from "../en/enter";

export const enter: Translated<typeof en> = {
  "enter.title": "Bei Parley anmelden",
  "enter.email": "E-Mail-Adresse",
  "enter.password": "Passwort",
  "enter.signIn": "Anmelden",
  "enter.wrong": "E-Mail-Adresse und Passwort gehören nicht zusammen.",
};
