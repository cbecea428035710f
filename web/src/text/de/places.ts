import type { Translated } from "../en";
import type { places as en } from "../en/places";

export const places: Translated<typeof en> = {
  "presence.active": "Jetzt hier",
  "presence.away": "Nicht am Platz",
  "presence.offline": "Nicht da",

  "list.filter": "Unterhaltung finden",
  "list.unread": "Ungelesen",
  "list.starred": "Wichtige",
  "list.channels": "Kanäle",
  "list.direct": "Direktnachrichten",
  "list.muted": "Stumm",
  "list.none": "Du bist noch in keiner Unterhaltung.",
  "list.noneFound": "Keine Unterhaltung passt.",
  "list.draft": "hat einen Entwurf",
  "list.unreadCount": { one: "{n} ungelesene Nachricht", other: "{n} ungelesene Nachrichten" },
  "list.mentions": { one: "{n} Nachricht erwähnt dich", other: "{n} Nachrichten erwähnen dich" },

  "new.kind": "Art",
  "new.people": "Mit Menschen",
  "new.channel": "Kanal",
  "new.name": "Name",
  "new.purpose": "Wozu er da ist (freiwillig)",
  "new.private": "Privat",
  "new.private.yes": "Nur wer hinzugefügt wird, sieht ihn.",
  "new.private.no": "Alle Mitglieder können ihn finden und beitreten.",
  "new.with": "Mit wem",
  "new.members": "Menschen hinzufügen (freiwillig)",
  "new.someone": "Name",
  "new.remove": "entfernen",
  "new.write": "Schreiben",
  "new.make": "Kanal anlegen",

  "welcome.title": "Wähle eine Unterhaltung",
  "welcome.more": "Oder drücke {keys} und tippe einen Namen.",

  "saved.none": "Noch nichts gemerkt",
  "saved.none.more": "„Für später merken“ im Menü einer Nachricht legt sie hierher; das siehst nur du.",
  "search.hint": "Nachrichten durchsuchen",
  "search.start": "Was suchst du?",
  "search.start.more": "Wörter finden Nachrichten, die alle enthalten; Filter grenzen ein.",
  "search.none": "Nichts gefunden",
  "search.none.more": "Versuche weniger Wörter, oder nimm einen Filter weg.",
  "search.more": "Mehr zeigen",
  "search.found": { one: "{n} Nachricht gefunden", other: "{n} Nachrichten gefunden" },
};
