import "../text/more";
import { IconAlarm, IconFlag, IconMessageCircle, IconZzz } from "@tabler/icons-react";
import { useState } from "react";
import type { Conversation, Person } from "../api/types";
import { Anchored } from "../app/Anchored";
import { useBoot } from "../live/data";
import { t } from "../text/text";
import { useForecast } from "./forecast";
import { Pick, Picks, Times } from "./Picks";
import { soon } from "./say";
import { setTerms, type Terms, termsOf } from "./terms";
import { deadlines } from "./times";

/** The one control for how much a message matters. */
export function NeedMenu({ at, conversation, thread, other, onClose, onChosen }: NeedMenuProps) {
  const { me } = useBoot();
  const terms = termsOf(conversation.id, thread);
  const [answer, setAnswer] = useState(terms.need === "answer");
  const budget = useForecast(conversation.id, thread, { need: "urgent" }, "")?.budget;
  const choose = (need: Terms["need"], by?: Date) => {
    const { at, work, reason } = termsOf(conversation.id, thread);
    setTerms(conversation.id, thread, {
      at,
      work,
      need,
      by: by?.toISOString(),
      reason: need === "urgent" ? reason : undefined,
    });
    onClose();
    onChosen(need);
  };
  const icon = { size: 18, stroke: 1.7, "aria-hidden": true };
  const is = terms.need ?? "normal";
  return (
    <Anchored at={at} label={t("need.title")} onClose={onClose}>
      <Picks title={t("need.title")}>
        <Pick
          icon={<IconZzz {...icon} />}
          label={t("need.whenever")}
          more={t("need.whenever.more")}
          chosen={is === "whenever"}
          onClick={() => choose("whenever")}
        />
        <Pick
          icon={<IconMessageCircle {...icon} />}
          label={t("need.normal")}
          more={t("need.normal.more")}
          chosen={is === "normal"}
          first={!answer}
          onClick={() => choose(undefined)}
        />
        <Pick
          icon={<IconFlag {...icon} />}
          label={t("need.answer")}
          more={t("need.answer.more")}
          chosen={is === "answer"}
          aria-expanded={answer}
          onClick={() => setAnswer(!answer)}
        />
        {answer && (
          <Times
            nested
            chosen={terms.by}
            zone={other?.zone}
            offers={deadlines(new Date(), me, other).map((offer) => ({
              ...offer,
              label: offer.id === "day" && other ? t("by.day.of", { name: other.name }) : t(`by.${offer.id}`),
            }))}
            onPick={(by) => choose("answer", by)}
          />
        )}
        <Pick
          icon={<IconAlarm {...icon} />}
          label={t("need.urgent")}
          more={
            <>
              {t("need.urgent.more")}{" "}
              {budget &&
                (budget.left > 0
                  ? t("need.budget", { n: budget.left, of: budget.of })
                  : t("need.budget.none", { time: soon(budget.until) }))}
            </>
          }
          chosen={is === "urgent"}
          disabled={budget?.left === 0 && is !== "urgent"}
          onClick={() => choose("urgent")}
        />
      </Picks>
    </Anchored>
  );
}

interface NeedMenuProps {
  at: Element;
  conversation: Conversation;
  thread: number;
  other?: Person; // to whom alone it is said
  onClose: () => void;
  onChosen: (need: Terms["need"]) => void;
}
