import { ActionIcon, Menu } from "@mantine/core";
import {
  IconBell,
  IconCalendar,
  IconChecks,
  IconDots,
  IconInfoCircle,
  IconPin,
  IconStar,
  IconStarOff,
} from "@tabler/icons-react";
import { api } from "../api/calls";
import type { Conversation } from "../api/types";
import { attempt } from "../app/failures";
import { overlay } from "../app/overlays";
import { starred } from "../list/order";
import { applyToBoot } from "../live/apply";
import { changeBoot } from "../live/data";
import { haveRead } from "../live/reading";
import { t } from "../text/text";

/** What I can set for one conversation. */
export function HeaderMenu({ conversation }: { conversation: Conversation }) {
  const show = (kind: "pins" | "details" | "day") => overlay.set({ kind, conversation });
  const me = conversation.me;
  const mine = (change: Parameters<typeof api.changeMine>[1]) =>
    attempt(async () => {
      const changed = await api.changeMine(conversation.id, change);
      if (changed?.id) changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: changed }));
      else
        changeBoot((now) => ({
          ...now,
          conversations: now.conversations.map((c) =>
            c.id === conversation.id && c.me ? { ...c, me: { ...c.me, ...change } } : c,
          ),
        }));
    });
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("app.more")} title={t("app.more")}>
          <IconDots size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={() => show("details")}>
          {t("conversation.details")}
        </Menu.Item>
        <Menu.Item leftSection={<IconPin size={16} />} onClick={() => show("pins")}>
          {t("conversation.pins")}
        </Menu.Item>
        <Menu.Item leftSection={<IconCalendar size={16} />} onClick={() => show("day")}>
          {t("conversation.toDay")}
        </Menu.Item>
        {me && (
          <>
            <Menu.Item
              leftSection={<IconChecks size={16} />}
              onClick={() => haveRead(conversation.id, conversation.last_seq)}
            >
              {t("conversation.markRead")}
            </Menu.Item>
            <Menu.Item
              leftSection={me.section === starred ? <IconStarOff size={16} /> : <IconStar size={16} />}
              onClick={() => void mine({ section: me.section === starred ? "" : starred })}
            >
              {me.section === starred ? t("conversation.unstar") : t("conversation.star")}
            </Menu.Item>
            <Menu.Item leftSection={<IconBell size={16} />} onClick={() => void mine({ muted: !me.muted })}>
              {me.muted ? t("conversation.unmute") : t("conversation.mute")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
