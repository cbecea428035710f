import "../text/more";
import type { Item } from "../api/types";
import { notice, tell } from "../app/overlays";
import { router } from "../app/routes";
import { plain } from "../conversation/MessageRow";
import { whereText } from "../inbox/words";
import { currentBoot, peopleOf } from "../live/data";
import { t } from "../text/text";

/** One quiet line, with a way to what it tells of. What went wrong, or may still be undone, stays. */
export function tellOf({ message }: Item) {
  const boot = currentBoot();
  const shown = notice.get();
  if (!boot || shown?.bad || (shown?.action && !shown.passing)) return;
  const name = message.as?.name ?? peopleOf(boot).get(message.author)?.name ?? t("person.unknown");
  const where = whereText(message.conversation, boot);
  tell({
    text: `${where ? `${name}, ${where}` : name}: ${plain(message)}`,
    passing: true,
    action: {
      label: t("alarm.open"),
      run: () =>
        void router.navigate({
          to: "/c/$conversation/$seq",
          params: { conversation: message.conversation, seq: String(message.seq) },
        }),
    },
  });
}
