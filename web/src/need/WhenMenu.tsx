import "../text/more";
import { IconSend2 } from "@tabler/icons-react";
import type { Conversation, Person } from "../api/types";
import { Anchored } from "../app/Anchored";
import { t } from "../text/text";
import { Pick, Picks, Times } from "./Picks";
import { setTerms, termsOf } from "./terms";
import { laters } from "./times";

/** The one control for when a message goes out. */
export function WhenMenu({ at, conversation, thread, other, onClose, onChosen }: WhenMenuProps) {
  const terms = termsOf(conversation.id, thread);
  const choose = (when?: Date, work?: boolean) => {
    const now = termsOf(conversation.id, thread);
    setTerms(conversation.id, thread, { ...now, at: when?.toISOString(), work: work || undefined });
    onClose();
    onChosen();
  };
  return (
    <Anchored at={at} label={t("later.title")} onClose={onClose}>
      <Picks title={t("later.title")}>
        {terms.at && (
          <Pick
            icon={<IconSend2 size={18} stroke={1.7} aria-hidden />}
            label={t("later.now")}
            onClick={() => choose()}
          />
        )}
        <Times
          chosen={terms.at}
          zone={other?.zone}
          offers={laters(new Date(), other).map((offer) => ({
            ...offer,
            label:
              offer.id === "work" ? t("later.work", { name: other?.name ?? "" }) : t(`later.${offer.id}`),
          }))}
          onPick={(when, id) => choose(when, id === "work")}
        />
      </Picks>
    </Anchored>
  );
}

interface WhenMenuProps {
  at: Element;
  conversation: Conversation;
  thread: number;
  other?: Person; // to whom alone it is said
  onClose: () => void;
  onChosen: () => void;
}
