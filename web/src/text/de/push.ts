import type { Translated } from "../en";
import type { push as english } from "../en/push";

export const push: Translated<typeof english> = {
  "push.title": "Benachrichtigungen in Browsern",
  "push.more":
    "Ein Browser, den Sie einschalten, zeigt eine Benachrichtigung, auch wenn Parley darin nicht offen ist.",
  "push.unsupported":
    "Dieser Browser zeigt keine Benachrichtigungen von Seiten, oder Parley ist so geöffnet, dass er es nicht darf.",
  "push.denied":
    "Diesem Browser wurde gesagt, keine Benachrichtigungen dieser Seite zu zeigen. Erlauben Sie sie in seinen Einstellungen für diese Adresse.",
  "push.on": "Hier einschalten",
  "push.off": "Hier ausschalten",
  "push.this": "dieser Browser",
  "push.browser": "Browser",
  "push.used": "Zuletzt benachrichtigt {when}",
  "push.unused": "Noch nichts gezeigt",
  "push.test": "Probieren",
  "push.testOf": "{name} probieren",
  "push.tested": "Eine Benachrichtigung ist auf dem Weg zu {name}",
  "push.remove": "Entfernen",
  "push.removeOf": "{name} entfernen",
};
