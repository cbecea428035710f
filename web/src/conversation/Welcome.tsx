import { Empty } from "../app/Notices";
import { keyNames } from "../keys/actions";
import { t } from "../text/text";

/** Beside the list when nothing is open. */
export function Welcome() {
  return (
    <Empty title={t("welcome.title")}>
      <p>{t("welcome.more", { keys: keyNames("mod+k").join(" ") })}</p>
    </Empty>
  );
}
