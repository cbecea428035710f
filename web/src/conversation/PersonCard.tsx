import { lazy, Suspense } from "react";
import { Anchored } from "../app/Anchored";
import { usePeople } from "../live/data";
import { useStore } from "../live/store";
import { personCard } from "./person";

const Card = lazy(() => import("../people/PersonCard").then((m) => ({ default: m.PersonCard })));

/** Who somebody is, beside what names them. */
export function PersonCard() {
  const open = useStore(personCard);
  const person = usePeople().get(open?.person ?? "");
  if (!open || !person) return null;
  const close = () => personCard.set(undefined);
  return (
    // Around all of it: what takes the focus must have something to give it to.
    <Suspense>
      <Anchored at={open.at} label={person.name} onClose={close}>
        <div style={{ inlineSize: "min(20rem, 100vw - 4rem)", padding: "var(--space-4)" }}>
          <Card person={person} onGo={close} />
        </div>
      </Anchored>
    </Suspense>
  );
}
