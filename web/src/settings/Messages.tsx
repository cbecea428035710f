import { attempt } from "../app/failures";
import { CheckField } from "../form/fields";
import { setPreferences, usePreferences } from "../live/data";
import { t } from "../text/text";
import { Part } from "./parts";

/** How I write, and what others learn of my reading. */
export function Messages() {
  const preferences = usePreferences();
  const set = (name: "enter_sends" | "write_markdown" | "read_receipts" | "show_presence") => (on: boolean) =>
    void attempt(() => setPreferences({ [name]: on }));
  const on = (name: "enter_sends" | "read_receipts" | "show_presence") => preferences[name] !== false;
  return (
    <>
      <Part title={t("settings.writing")}>
        <CheckField
          label={t("settings.enterSends")}
          more={t("settings.enterSends.more")}
          checked={on("enter_sends")}
          onCheck={set("enter_sends")}
        />
        <CheckField
          label={t("settings.writeMarkdown")}
          more={t("settings.writeMarkdown.more")}
          checked={preferences.write_markdown === true}
          onCheck={set("write_markdown")}
        />
      </Part>
      <Part title={t("settings.privacy")}>
        <CheckField
          label={t("settings.receipts")}
          more={t("settings.receipts.more")}
          checked={on("read_receipts")}
          onCheck={set("read_receipts")}
        />
        <CheckField
          label={t("settings.presence")}
          more={t("settings.presence.more")}
          checked={on("show_presence")}
          onCheck={set("show_presence")}
        />
      </Part>
    </>
  );
}
