import { useState } from "react";
import { attempt } from "../app/failures";
import { chooseColours } from "../app/looks";
import { type Colours, colours } from "../app/theme";
import { speak } from "../enter/EnterPage";
import form from "../form/Form.module.css";
import { Choices, SelectField } from "../form/fields";
import { setPreferences, usePreferences } from "../live/data";
import { useStore } from "../live/store";
import { type Language, language, languages, t } from "../text/text";
import { changeMe } from "./me";

/** How the app looks. Colours and density follow me to other devices; the language too. */
export function Looks() {
  const preferences = usePreferences();
  const chosen = useStore(colours);
  const [spoken, setSpoken] = useState(language());

  const say = async (code: Language) => {
    setSpoken(code);
    await attempt(() => changeMe({ language: code }));
    await speak(code);
  };

  return (
    <div className={form.form}>
      <Choices<Colours>
        label={t("settings.colours")}
        value={chosen}
        onValue={chooseColours}
        options={[
          { value: "auto", label: t("settings.colours.auto") },
          { value: "light", label: t("settings.colours.light") },
          { value: "dark", label: t("settings.colours.dark") },
        ]}
      />
      <Choices
        label={t("settings.density")}
        value={preferences.density ?? "calm"}
        onValue={(density) => void attempt(() => setPreferences({ density }))}
        options={[
          { value: "calm", label: t("settings.density.calm"), more: t("settings.density.calm.more") },
          { value: "dense", label: t("settings.density.dense"), more: t("settings.density.dense.more") },
        ]}
      />
      <SelectField
        label={t("settings.language")}
        hint={t("settings.language.hint")}
        value={spoken}
        onValue={(code) => void say(code)}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
      />
    </div>
  );
}
