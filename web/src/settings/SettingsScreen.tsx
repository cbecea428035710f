import { useState } from "react";
import { attempt } from "../app/failures";
import { type Colours, colours, setColours } from "../app/theme";
import { setPreferences, usePreferences } from "../live/data";
import { useStore } from "../live/store";
import { type Language, language, languages, setLanguage, t } from "../text/text";
import styles from "./Settings.module.css";

/** How the app looks and behaves, for me. */
export function SettingsScreen() {
  const preferences = usePreferences();
  const chosen = useStore(colours);
  const [spoken, setSpoken] = useState(language());

  const speak = async (code: Language) => {
    setSpoken(code);
    localStorage.setItem("language", code);
    sessionStorage.removeItem("lang");
    await setLanguage(code);
  };

  return (
    <main className={styles.page}>
      <h1>{t("rail.settings")}</h1>
      <section>
        <h2>{t("settings.looks")}</h2>
        <label className={styles.row}>
          {t("settings.colours")}
          <select value={chosen} onChange={(event) => setColours(event.currentTarget.value as Colours)}>
            <option value="auto">{t("settings.colours.auto")}</option>
            <option value="light">{t("settings.colours.light")}</option>
            <option value="dark">{t("settings.colours.dark")}</option>
          </select>
        </label>
        <label className={styles.row}>
          {t("settings.language")}
          <select value={spoken} onChange={(event) => void speak(event.currentTarget.value as Language)}>
            {languages.map(({ code, name }) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </section>
      <section>
        <h2>{t("settings.writing")}</h2>
        <label className={styles.row}>
          {t("settings.enterSends")}
          <input
            type="checkbox"
            checked={preferences.enter_sends !== false}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              void attempt(() => setPreferences({ enter_sends: checked }));
            }}
          />
        </label>
      </section>
    </main>
  );
}
