import "../text/more";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { NotFound } from "../app/Notices";
import { usePeople } from "../live/data";
import { t } from "../text/text";
import styles from "./People.module.css";
import { PersonCard } from "./PersonCard";

/** One person, with all they tell of themselves. */
export function PersonScreen() {
  const { person: id } = useParams({ from: "/inside/people/$person" });
  const person = usePeople().get(id);
  if (!person) return <NotFound />;
  return (
    <main className={styles.page}>
      <Link to="/people" className={styles.back}>
        <IconArrowLeft size={18} className="flip" aria-hidden />
        {t("rail.people")}
      </Link>
      <PersonCard person={person} page />
    </main>
  );
}
