import type { Translated } from "../en";
import type { enter as en } from "../en/enter";

export const enter: Translated<typeof en> = {
  "enter.title": "Bei Parley anmelden",
  "enter.name": "Dein Name",
  "enter.email": "E-Mail-Adresse",
  "enter.email.hint": "Damit meldest du dich an. Andere sehen sie nicht.",
  "enter.password": "Passwort",
  "enter.password.hint": "Mindestens 10 Zeichen. Mehrere Wörter sind gut.",
  "enter.way": "Wie du nächstes Mal hereinkommst",
  "enter.way.password": "Etwas, das nur du weißt.",
  "enter.passkey": "Passkey",
  "enter.way.passkey": "Fingerabdruck, Gesicht oder die Sperre dieses Geräts. Nichts zu merken.",
  "enter.passkey.make": "Passkey anlegen",
  "enter.passkey.failed":
    "Mit dem Passkey hat es nicht geklappt. Versuche es noch einmal, oder nimm das Passwort.",
  "enter.passkey.unknown": "Dieser Passkey öffnet hier kein Konto.",
  "enter.withPasskey": "Mit einem Passkey anmelden",
  "enter.signIn": "Anmelden",
  "enter.or": "oder",
  "enter.wrong": "E-Mail-Adresse und Passwort gehören nicht zusammen.",
  "enter.locked": "Das war zu oft falsch.",
  "enter.locked.for": "In {time} kannst du es wieder versuchen.",
  "enter.noAccount":
    "Noch kein Konto? Leute aus deiner Organisation können dir einen Einladungslink schicken.",
  "enter.forgotten":
    "Ausgesperrt? Bitte jemanden aus der Verwaltung deiner Organisation um einen Wiederherstellungslink. Wer den Server betreibt, kann auch einen machen.",
  "enter.haveAccount": "Ich habe ein Konto: anmelden",
  "enter.next": "Weiter",
  "enter.zone": "Zeitzone",
  "enter.steps": "Schritt {n} von {all}",
  "enter.secure.title": "Wie du nächstes Mal hereinkommst",
  "enter.secure.more": "Dein Konto ist da. Dein Gerät bittet dich jetzt, den Passkey zu bestätigen.",
  "enter.secure.down":
    "Es wurde kein Passkey angelegt. Versuche es noch einmal, oder wähle stattdessen ein Passwort.",
  "enter.secure.password": "Dieses Passwort nehmen",
  "enter.land": "Zur ersten Unterhaltung",

  "setup.title": "Willkommen bei Parley",
  "setup.lead": "Du bist zuerst hier und wirst Eigentümer. Es dauert keine zwei Minuten.",
  "setup.step.you": "Du",
  "setup.step.organisation": "Organisation",
  "setup.step.hours": "Zeiten",
  "setup.step.invite": "Menschen",
  "setup.organisation.title": "Deine Organisation",
  "setup.organisation.lead": "Für wen dieses Parley da ist. Eine Firma, ein Verein, eine Familie.",
  "setup.organisation.name": "Name der Organisation",
  "setup.hours.title": "Wann arbeitest du?",
  "setup.hours.lead": "Daran sehen andere, wann sie mit dir rechnen können. Du kannst es jederzeit ändern.",
  "setup.make": "Türen öffnen",
  "setup.invite.title": "Hol die anderen herein",
  "setup.invite.lead": "Schick ihnen einen Link, jetzt oder später unter Menschen. Es geht auch ohne weiter.",
  "setup.done": "Parley ist eingerichtet",
  "setup.done.more":
    "Hier ist {organisation} zu Hause. Gehörst du dazu, melde dich an oder bitte um eine Einladung.",
  "setup.done.who": "Gehörst du zur Organisation, melde dich an oder bitte um eine Einladung.",
  "setup.noLink": "Der Link aus dem Terminal wird gebraucht",
  "setup.noLink.more":
    "Noch hat hier niemand das Sagen. Öffne den Link, den der Server beim Start ausgibt. Findest du ihn nicht, starte den Server neu: Er gibt einen neuen aus.",
  "setup.linkUsed.more":
    "Starte den Server neu; er gibt einen neuen Link aus. Was du hier eingetragen hast, bleibt erhalten.",

  "join.title": "Komm herein zu {organisation}",
  "join.title.short": "Einladung",
  "join.lead.owner": "{name} lädt dich ein, als Eigentümer.",
  "join.lead.admin": "{name} lädt dich ein, zum Verwalten.",
  "join.lead.member": "{name} lädt dich ein.",
  "join.lead.guest": "{name} lädt dich als Gast ein, in ausgewählte Unterhaltungen.",
  "join.dead": "Diese Einladung gilt nicht mehr",
  "join.dead.more":
    "Sie wurde benutzt, ist abgelaufen oder wurde zurückgezogen. Bitte um eine neue, wer sie dir geschickt hat.",
  "join.enter": "Hereinkommen zu {organisation}",
  "join.in": "Willkommen, {name}",
  "join.in.more": "Alles ist bereit.",

  "recover.title": "Willkommen zurück, {name}",
  "recover.title.short": "Wiederherstellung",
  "recover.lead": "Wähle, wie du von jetzt an zu {organisation} hereinkommst.",
  "recover.after": "Danach bist du überall sonst abgemeldet, und dein bisheriges Passwort gilt nicht mehr.",
  "recover.yes": "Speichern und hereinkommen",
  "recover.down":
    "Es wurde kein Passkey angelegt. Versuche es noch einmal, oder wähle stattdessen ein Passwort.",
  "recover.dead": "Dieser Wiederherstellungslink gilt nicht mehr",
  "recover.dead.more":
    "Er wurde benutzt, ist älter als ein Tag oder wurde durch einen neueren ersetzt. Bitte um einen anderen, wer ihn dir geschickt hat.",

  "confirm.title": "Ist das deine E-Mail-Adresse?",
  "confirm.lead": "{name} bei {organisation} will Mail an {email} bekommen.",
  "confirm.else": "Wenn du das nicht bist, verlass diese Seite: Es kommt dann keine Mail.",
  "confirm.yes": "Ja, bestätigen",
  "confirm.done": "Bestätigt",
  "confirm.done.more":
    "Was dir in der App entginge, kommt an {email}, so wie du es in den Einstellungen bestimmst.",
  "confirm.settings": "Zu den Einstellungen",
  "confirm.dead": "Dieser Link gilt nicht mehr",
  "confirm.dead.more":
    "Er wurde benutzt, ist älter als ein Tag oder wurde durch einen neueren ersetzt. In den Einstellungen, unter Sicherheit, kannst du dir einen anderen schicken lassen.",
};
