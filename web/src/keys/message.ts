import { t } from "../text/text";

/** The keys of the message that has the focus. They are no actions: the timeline listens for them itself. */
export const messageKeys = (): [string, string][] => [
  ["r", t("message.reply")],
  ["e", t("message.edit")],
  ["a", t("message.acknowledge")],
  [":", t("message.react")],
  ["m", t("app.more")],
];
