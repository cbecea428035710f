import { useQuery } from "@tanstack/react-query";
import { api } from "../api/calls";
import { keys } from "../live/data";
import { useTimeline } from "../live/load";
import { readers } from "../live/readers";
import { t } from "../text/text";
import { listNames } from "../text/time";
import { DeliveryLine } from "../trace/DeliveryLine";
import { useRoom } from "./context";

/** Who has read what I said last, of those who show it; else how far it has come. Direct and group conversations only. */
export function ReadBy() {
  const { conversation, boot, nameOf } = useRoom();
  const { data: members } = useQuery({
    queryKey: keys.members(conversation.id),
    queryFn: () => api.members(conversation.id),
  });
  const { data: timeline } = useTimeline(conversation.id);
  const last = timeline?.messages.findLast((message) => !message.withdrawn);
  if (
    !members ||
    !last ||
    last.author !== boot.me.id ||
    (timeline?.messages.at(-1)?.seq ?? 0) < conversation.last_seq
  )
    return null;
  const by = readers(members, last.seq, boot.me.id);
  if (by.length === 0)
    return last.need === "answer" || last.need === "urgent" ? null : <DeliveryLine message={last} />;
  if (conversation.kind === "direct") return t("read.direct");
  if (by.length === members.length - 1) return t("read.all");
  return t("read.some", { names: listNames(by.map(nameOf)) });
}
