import {
  IconBookmark,
  IconHistory,
  IconInbox,
  IconMessages,
  IconMoonFilled,
  IconSearch,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link, type LinkProps, useRouterState } from "@tanstack/react-router";
import { useMemo } from "react";
import { rowsOf } from "../inbox/order";
import { dueIn } from "../inbox/state";
import { calls } from "../live/apply";
import { useBoot } from "../live/data";
import { useMinute } from "../live/now";
import { number, t } from "../text/text";
import { clock } from "../text/time";
import { Avatar } from "./Avatar";
import { inFocus } from "./focus";
import styles from "./Rail.module.css";

/** The places: at the side, or at the bottom of a phone. */
export function Rail({ inbox }: { inbox: boolean }) {
  const boot = useBoot();
  const now = useMinute();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const waiting = boot.conversations.filter(calls).length;
  const wanting = useMemo(() => rowsOf(dueIn(boot.inbox, now)).length, [boot.inbox, now]);
  const at = (start: string) => path.startsWith(start);
  const focused = inFocus(boot.reach, now);
  const me = focused
    ? `${boot.me.name}, ${t("focus.until", { time: clock(boot.reach.focus!) })}`
    : boot.me.name;
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      <Place
        to="/inbox"
        icon={IconInbox}
        current={inbox}
        label={t("rail.inbox")}
        count={wanting}
        aloud={wanting > 0 && t("rail.wanting", { n: wanting })}
      />
      <Place to="/catch-up" icon={IconHistory} current={at("/catch-up")} label={t("rail.catchUp")} />
      <Place
        to="/"
        icon={IconMessages}
        current={!inbox && (path === "/" || at("/c/") || at("/browse") || at("/scheduled"))}
        label={t("rail.chats")}
        mark={waiting > 0}
        aloud={waiting > 0 && t("rail.unread", { n: waiting })}
      />
      <Place to="/people" icon={IconUsers} current={at("/people")} label={t("rail.people")} />
      <Place to="/saved" icon={IconBookmark} current={at("/saved")} label={t("rail.saved")} wide />
      <Place to="/search" icon={IconSearch} current={at("/search")} label={t("rail.search")} />
      <span className={styles.space} />
      <Place to="/settings" icon={IconSettings} current={at("/settings")} label={t("rail.settings")} />
      <Link to="/settings" className={styles.me} aria-label={me} title={me} tabIndex={-1}>
        <Avatar person={boot.me} size={32} />
        {focused && <IconMoonFilled size={15} className={styles.focus} aria-hidden />}
      </Link>
    </nav>
  );
}

function Place({ to, icon: Icon, current, label, mark, count = 0, aloud, wide }: PlaceProps) {
  return (
    <Link
      to={to}
      className={styles.place}
      data-wide={wide || undefined}
      aria-current={current ? "page" : undefined}
    >
      <span className={styles.icon}>
        <Icon size={22} stroke={1.7} aria-hidden />
        {mark && <span className={styles.mark} />}
        {count > 0 && (
          <span className={styles.count} aria-hidden>
            {count > 99 ? `${number(99)}+` : number(count)}
          </span>
        )}
      </span>
      <span className={styles.label}>{label}</span>
      {aloud && <span className="aloud">{aloud}</span>}
    </Link>
  );
}

interface PlaceProps {
  to: LinkProps["to"];
  icon: TablerIcon;
  current: boolean;
  label: string;
  mark?: boolean; // something is new
  count?: number;
  aloud?: string | false; // what the mark or the count says
  wide?: boolean; // there is no room for it on a phone; the list of conversations leads there
}
