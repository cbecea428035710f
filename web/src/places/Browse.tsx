import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/calls";
import { problemText } from "../api/problem";
import type { Conversation } from "../api/types";
import { attempt } from "../app/failures";
import { Empty, Loading } from "../app/Notices";
import { overlay } from "../app/overlays";
import { applyToBoot } from "../live/apply";
import { changeBoot } from "../live/data";
import { t } from "../text/text";
import { shortTime } from "../text/time";
import styles from "./Place.module.css";

/** The public channels that I could join. */
export function Browse() {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const query = useQuery({
    queryKey: ["browse", text.trim()],
    queryFn: ({ signal }) => api.browse(text.trim(), signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const join = (conversation: Conversation) =>
    attempt(async () => {
      const joined = await api.join(conversation.id);
      const now = joined?.id ? joined : await api.conversation(conversation.id);
      changeBoot((boot) => applyToBoot(boot, { type: "conversation", conversation: now }));
      await navigate({ to: "/c/$conversation", params: { conversation: conversation.id } });
    });
  return (
    <main className={styles.page}>
      <div className={styles.head}>
        <h1>{t("browse.title")}</h1>
        <Button variant="light" onClick={() => overlay.set({ kind: "new-conversation" })}>
          {t("new.make")}
        </Button>
      </div>
      <input
        type="search"
        className={styles.search}
        value={text}
        placeholder={t("browse.find")}
        aria-label={t("browse.find")}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <Empty title={problemText(query.error)} />
      ) : query.data.length === 0 ? (
        <Empty title={t("browse.none")} />
      ) : (
        <ul className={styles.rows}>
          {query.data.map((conversation) => (
            <li key={conversation.id}>
              <div className={styles.about}>
                <p className={styles.name}>
                  <Link to="/c/$conversation" params={{ conversation: conversation.id }} dir="auto">
                    #{conversation.name}
                  </Link>
                </p>
                <p className={styles.soft} dir="auto">
                  {[
                    conversation.purpose,
                    t("browse.members", { n: conversation.members }),
                    conversation.last_at && shortTime(conversation.last_at),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </div>
              {!conversation.me && (
                <Button variant="default" size="compact-md" onClick={() => void join(conversation)}>
                  {t("conversation.join")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
