import type { Translated } from "../en";
import type { need as en } from "../en/need";

export const need: Translated<typeof en> = {
  "need.title": "Wie wichtig es ist",
  "need.control": "Wie wichtig es ist: {need}",
  "need.whenever": "Irgendwann",
  "need.normal": "Normal",
  "need.answer": "Antwort bis …",
  "need.urgent": "Dringend",
  "need.by": "Antwort bis {time}",
  "need.tomorrow": "morgen, {time}",
  "need.there": "{time} dort",
  "need.both": "{time} ({other})",
  "later.title": "Wann es gesendet wird",
  "later.send": "Später senden",
  "time.past": "Diese Zeit ist vorbei. Wähle eine andere.",
  "need.by.over": "Antwort war gewünscht bis {time}",
  "message.acknowledge": "Bestätigen",
  "message.answeredBy": "Beantwortet von {names}",
  "message.remind": "Erinnere mich",
  "trace.title": "Wie es sie erreicht",
  "trace.why": "Warum habe ich das jetzt bekommen?",
  "message.takeBack": "Zurücknehmen",
  "undo.sent": "Gesendet.",
  "undo.undo": "Rückgängig",
  "undo.action": "Senden rückgängig machen",
  "undo.tooLate": "Es hat schon jemanden erreicht. Du kannst es bearbeiten oder löschen.",
  "scheduled.title": "Später gesendet",
  "scheduled.list": {
    one: "{n} Nachricht wird später gesendet",
    other: "{n} Nachrichten werden später gesendet",
  },
};
