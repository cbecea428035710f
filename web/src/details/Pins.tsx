import { useQuery } from "@tanstack/react-query";
import { api } from "../api/calls";
import { problemText } from "../api/problem";
import type { Conversation, Message } from "../api/types";
import { attempt } from "../app/failures";
import { Empty, Loading } from "../app/Notices";
import { MessageCard } from "../conversation/MessageCard";
import { Wrong } from "../form/useSubmit";
import { cache, keys } from "../live/data";
import { t } from "../text/text";

/** What was pinned, the way to it, and taking the pin away. */
export function Pins({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const key = keys.pins(conversation.id);
  const { data, error } = useQuery({ queryKey: key, queryFn: () => api.pins(conversation.id), staleTime: 0 });
  if (error) return <Wrong text={problemText(error)} />;
  if (!data) return <Loading />;
  if (data.length === 0)
    return (
      <Empty title={t("details.pins.none")}>
        <p>{t("details.pins.how")}</p>
      </Empty>
    );
  const unpin = (message: Message) =>
    attempt(async () => {
      cache.setQueryData<Message[]>(key, (list) => list?.filter((m) => m.seq !== message.seq));
      try {
        await api.pin(conversation.id, message.seq, false);
      } catch (error) {
        cache.setQueryData(key, data);
        throw error;
      }
    });
  return (
    <>
      {data.map((message) => (
        <MessageCard key={message.id} message={message} onOpen={onClose}>
          {conversation.me && (
            <button type="button" onClick={() => void unpin(message)}>
              {t("message.unpin")}
            </button>
          )}
        </MessageCard>
      ))}
    </>
  );
}
