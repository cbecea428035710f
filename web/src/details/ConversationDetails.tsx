import "../text/more";
import "@mantine/core/styles/Tabs.layer.css";
import { Tabs } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Conversation } from "../api/types";
import { Dialog } from "../app/Dialog";
import { Loading } from "../app/Notices";
import { useBoot, useConversation } from "../live/data";
import { conversationName } from "../live/names";
import { t } from "../text/text";
import { About } from "./About";
import styles from "./Details.module.css";
import { Members } from "./Members";
import { Mine } from "./Mine";
import { Pins } from "./Pins";

const Webhooks = lazy(() => import("./Webhooks").then((m) => ({ default: m.Webhooks })));

export type DetailsPart = "about" | "members" | "mine" | "pins" | "webhooks";

/** Whether I act as a manager of a channel: made one, or running the organisation. */
export const manages = (conversation: Conversation, me: { role: string }) =>
  conversation.kind === "channel" &&
  (conversation.me?.role === "manager" || me.role === "owner" || me.role === "admin");

/** All about a conversation: what it is, who is in it, how I have it, what is pinned, what posts into it. */
export function ConversationDetails({
  conversation: given,
  at = "about",
  onClose,
}: ConversationDetailsProps) {
  const boot = useBoot();
  const conversation = useConversation(given.id) ?? given;
  const [part, setPart] = useState<string | null>(at);
  const parts: DetailsPart[] = ["about", "members"];
  if (conversation.me) parts.push("mine");
  parts.push("pins");
  if (manages(conversation, boot.me) && boot.me.role !== "guest") parts.push("webhooks");
  const name = conversationName(conversation, boot);

  return (
    <Dialog title={conversation.kind === "channel" ? `# ${name}` : name} onClose={onClose} size="lg">
      <Tabs value={part} onChange={setPart} keepMounted={false} classNames={{ tab: styles.tab }}>
        <Tabs.List>
          {parts.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`details.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="about" className={styles.panel}>
          <About conversation={conversation} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="members" className={styles.panel}>
          <Members conversation={conversation} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="mine" className={styles.panel}>
          <Mine conversation={conversation} />
        </Tabs.Panel>
        <Tabs.Panel value="pins" className={styles.panel}>
          <Pins conversation={conversation} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="webhooks" className={styles.panel}>
          <Suspense fallback={<Loading />}>
            <Webhooks conversation={conversation} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Dialog>
  );
}

interface ConversationDetailsProps {
  conversation: Conversation;
  at?: DetailsPart;
  onClose: () => void;
}
