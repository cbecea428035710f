import "../text/more";
import {
  IconAdjustments,
  IconArrowLeft,
  IconBell,
  IconBuilding,
  IconChevronRight,
  IconClock,
  IconKeyboard,
  IconMessage,
  IconPalette,
  IconRobot,
  IconShieldLock,
  IconUser,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Loading, NotFound } from "../app/Notices";
import { useBoot } from "../live/data";
import { t } from "../text/text";
import styles from "./Settings.module.css";
import { mine, runs, type SectionID, settingsOf } from "./sections";

const icons: Record<SectionID, TablerIcon> = {
  profile: IconUser,
  hours: IconClock,
  notifications: IconBell,
  security: IconShieldLock,
  looks: IconPalette,
  messages: IconMessage,
  keys: IconKeyboard,
  organisation: IconBuilding,
  people: IconUsers,
  groups: IconUsersGroup,
  bots: IconRobot,
};

const screens = {
  profile: lazy(() => import("./Profile").then((m) => ({ default: m.Profile }))),
  hours: lazy(() => import("./reach/Hours").then((m) => ({ default: m.Hours }))),
  notifications: lazy(() => import("./reach/Notifications").then((m) => ({ default: m.Notifications }))),
  security: lazy(() => import("./Security").then((m) => ({ default: m.Security }))),
  looks: lazy(() => import("./Looks").then((m) => ({ default: m.Looks }))),
  messages: lazy(() => import("./Messages").then((m) => ({ default: m.Messages }))),
  keys: lazy(() => import("./Keys").then((m) => ({ default: m.Keys }))),
  organisation: lazy(() =>
    import("../admin/Organisation").then((m) => ({ default: m.OrganisationSettings })),
  ),
  people: lazy(() => import("../admin/People").then((m) => ({ default: m.PeopleSettings }))),
  groups: lazy(() => import("../admin/Groups").then((m) => ({ default: m.Groups }))),
  bots: lazy(() => import("../admin/Bots").then((m) => ({ default: m.Bots }))),
};

/** What is mine to set, and, for who runs the organisation, what is everybody's. One list, one part at a time. */
export function SettingsScreen() {
  const boot = useBoot();
  const { section } = useParams({ strict: false });
  const rule = runs(boot.may);
  const shown = settingsOf(boot.may).find((one) => one.id === (section ?? "profile"));
  if (!shown) return <NotFound />;
  const Screen = screens[shown.id];
  // The page's heading is that of what is shown; a phone shows the list alone before a part is chosen.
  const [NavTitle, Title] = section ? (["p", "h1"] as const) : (["h1", "h2"] as const);
  return (
    <main className={styles.page} data-open={section ? true : undefined}>
      <nav className={styles.nav} aria-label={t("rail.settings")}>
        <NavTitle className={styles.navTitle}>{t("rail.settings")}</NavTitle>
        <Sections sections={mine} current={shown.id} />
        {rule.length > 0 && (
          <>
            <h2>{t("admin.title")}</h2>
            <Sections sections={rule} current={shown.id} />
            <a className={styles.entry} href="/api/docs" target="_blank" rel="noreferrer">
              <IconAdjustments size={19} stroke={1.7} aria-hidden />
              <span>{t("admin.api")}</span>
            </a>
          </>
        )}
      </nav>
      {/* It scrolls, also where there is nothing to press. */}
      <div className={styles.content} key={shown.id} tabIndex={0}>
        <header className={styles.header}>
          <Link to="/settings" className={styles.back} aria-label={t("app.back")}>
            <IconArrowLeft size={20} className="flip" aria-hidden />
          </Link>
          <Title>{t(`settings.${shown.id}`)}</Title>
        </header>
        <Suspense fallback={<Loading />}>
          <Screen />
        </Suspense>
      </div>
    </main>
  );
}

function Sections({ sections, current }: { sections: readonly { id: SectionID }[]; current: string }) {
  return (
    <ul>
      {sections.map(({ id }) => {
        const Icon = icons[id];
        return (
          <li key={id}>
            <Link
              to="/settings/$section"
              params={{ section: id }}
              className={styles.entry}
              aria-current={id === current ? "page" : undefined}
            >
              <Icon size={19} stroke={1.7} aria-hidden />
              <span>{t(`settings.${id}`)}</span>
              <IconChevronRight size={17} className={`flip ${styles.chevron}`} aria-hidden />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
