import "../text/more";
import { Button } from "@mantine/core";
import { IconHash, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/calls";
import { problemText } from "../api/problem";
import type { Conversation } from "../api/types";
import { attempt } from "../app/failures";
import { rank } from "../app/match";
import { Empty, Loading } from "../app/Notices";
import { overlay } from "../app/overlays";
import { Wrong } from "../form/useSubmit";
import { applyToBoot } from "../live/apply";
import { cache, changeBoot, useBoot } from "../live/data";
import people from "../people/People.module.css";
import { Row } from "../settings/parts";
import { t } from "../text/text";
import { mediumTime } from "../text/time";

const key = ["browse"];

/** Channels that I could join. */
export function Browse() {
  const boot = useBoot();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState<string>();
  const { data, error } = useQuery({ queryKey: key, queryFn: () => api.browse(""), staleTime: 0 });
  const mine = new Set(boot.conversations.map((c) => c.id));
  const open = (data ?? []).filter((c) => !mine.has(c.id) && !c.archived_at);
  const found = text.trim()
    ? rank(open as (Conversation & { weight?: number })[], text, (c) => `${c.name} ${c.purpose ?? ""}`)
    : [...open].sort((a, b) => b.members - a.members || (a.name ?? "").localeCompare(b.name ?? ""));

  const go = (id: string) => navigate({ to: "/c/$conversation", params: { conversation: id } });
  const join = async (channel: Conversation) => {
    setBusy(channel.id);
    await attempt(async () => {
      const joined = await api.join(channel.id);
      changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: joined }));
      cache.setQueryData<Conversation[]>(key, (list) => list?.filter((c) => c.id !== channel.id));
      await go(channel.id);
    });
    setBusy(undefined);
  };

  return (
    <main className={people.page}>
      <header className={people.header}>
        <h1>{t("browse.title")}</h1>
        {boot.may.includes("create_public_channel") && (
          <Button
            leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
            onClick={() => overlay.set({ kind: "new-conversation", channel: true })}
          >
            {t("browse.make")}
          </Button>
        )}
      </header>
      <input
        type="search"
        className={people.search}
        value={text}
        placeholder={t("browse.search")}
        aria-label={t("browse.search")}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setText("")}
      />
      {error ? (
        <Wrong text={problemText(error)} />
      ) : !data ? (
        <Loading />
      ) : found.length === 0 ? (
        <Empty title={t(open.length === 0 ? "browse.all" : "browse.none")} />
      ) : (
        <ul className={people.rows}>
          {found.map((channel) => (
            <Row
              key={channel.id}
              icon={<IconHash size={20} stroke={1.7} aria-hidden />}
              name={channel.name}
              more={
                <>
                  {channel.purpose && (
                    <>
                      <span dir="auto">{channel.purpose}</span>
                      <br />
                    </>
                  )}
                  {t("details.members.count", { n: channel.members })}
                  {channel.last_at && ` · ${t("browse.last", { time: mediumTime(channel.last_at) })}`}
                </>
              }
            >
              <Button size="xs" variant="subtle" onClick={() => void go(channel.id)}>
                {t("browse.look")}
              </Button>
              <Button
                size="xs"
                variant="light"
                loading={busy === channel.id}
                onClick={() => void join(channel)}
              >
                {t("browse.join")}
              </Button>
            </Row>
          ))}
        </ul>
      )}
    </main>
  );
}
