import { useQuery } from "@tanstack/react-query";
import { api } from "../api/calls";
import { keys } from "../live/data";
import { useTimeline } from "../live/load";
import { readers } from "../live/readers";
import { t } from "../text/text";
import { listNames } from "../text/time";
import { useRoom } from "./context";

/** Who has read what I said last, of those who show it. Direct and group conversations only. */
export function ReadBy() {
  const { conversation, boot, nameOf } = useRoom();
  const { data: members } = useQuery({
    queryKey: keys.members(conversation.id),
    queryFn: () => api.members(conversation.id),
  });
  const { data: timeline } = useTimeline(conversation.id);
  const last = timeline?.messages.at(-1);
  if (!members || !last || last.author !== boot.me.id || last.seq < conversation.last_seq) return null;
  const by = readers(members, last.seq, boot.me.id);
  if (by.length === 0) return null;
  if (conversation.kind === "direct") return t("read.direct");
  if (by.length === members.length - 1) return t("read.all");
  return t("read.some", { names: listNames(by.map(nameOf)) });
}
