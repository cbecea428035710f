import {
  IconBookmark,
  IconMessages,
  IconSearch,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link, type LinkProps, useRouterState } from "@tanstack/react-router";
import { calls } from "../live/apply";
import { useBoot } from "../live/data";
import { t } from "../text/text";
import { Avatar } from "./Avatar";
import styles from "./Rail.module.css";

/** The places: at the side, or at the bottom of a phone. */
export function Rail() {
  const boot = useBoot();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const waiting = boot.conversations.filter(calls).length;
  const at = (start: string) => path.startsWith(start);
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      <Place
        to="/"
        icon={IconMessages}
        current={path === "/" || at("/c/") || at("/browse")}
        label={t("rail.chats")}
        waiting={waiting}
      />
      <Place to="/people" icon={IconUsers} current={at("/people")} label={t("rail.people")} />
      <Place to="/saved" icon={IconBookmark} current={at("/saved")} label={t("rail.saved")} />
      <Place to="/search" icon={IconSearch} current={at("/search")} label={t("rail.search")} />
      <span className={styles.space} />
      <Place to="/settings" icon={IconSettings} current={at("/settings")} label={t("rail.settings")} />
      <Link to="/settings" className={styles.me} aria-label={boot.me.name} title={boot.me.name} tabIndex={-1}>
        <Avatar person={boot.me} size={32} />
      </Link>
    </nav>
  );
}

function Place({ to, icon: Icon, current, label, waiting = 0 }: PlaceProps) {
  return (
    <Link to={to} className={styles.place} aria-current={current ? "page" : undefined}>
      <span className={styles.icon}>
        <Icon size={22} stroke={1.7} aria-hidden />
        {waiting > 0 && <span className={styles.mark} />}
      </span>
      <span className={styles.label}>{label}</span>
      {waiting > 0 && <span className="aloud">{t("rail.unread", { n: waiting })}</span>}
    </Link>
  );
}

interface PlaceProps {
  to: LinkProps["to"];
  icon: TablerIcon;
  current: boolean;
  label: string;
  waiting?: number;
}
