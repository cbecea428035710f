import type { Happened } from "../api/types";
import { t } from "../text/text";
import { listNames } from "../text/time";

/** What a system message tells, in the reader's language. */
export function happenedText(happened: Happened, author: string, nameOf: (id: string) => string): string {
  const people = listNames((happened.people ?? []).map(nameOf));
  const name = happened.name ?? "";
  switch (happened.what) {
    case "created":
      return t("happened.created", { author });
    case "joined":
      return t("happened.joined", { author: people || author });
    case "left":
      return t("happened.left", { author: people || author });
    case "added":
      return t("happened.added", { author, people });
    case "removed":
      return t("happened.removed", { author, people });
    case "renamed":
      return t("happened.renamed", { author, name });
    case "purpose":
      return name ? t("happened.purpose", { author, name }) : t("happened.noPurpose", { author });
    case "archived":
      return t("happened.archived", { author });
    case "unarchived":
      return t("happened.unarchived", { author });
    case "pinned":
      return t("happened.pinned", { author });
    case "published":
      return t("happened.published", { author });
    case "closed":
      return t("happened.closed", { author });
    case "decided":
      return name ? t("happened.decided", { name }) : t("happened.undecided");
    default:
      return author;
  }
}
