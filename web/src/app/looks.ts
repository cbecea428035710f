import { useEffect } from "react";
import { setPreferences, usePreferences } from "../live/data";
import { attempt } from "./failures";
import { type Colours, setColours } from "./theme";

/** Colours here at once, and on my other devices. */
export function chooseColours(chosen: Colours) {
  setColours(chosen);
  void attempt(() => setPreferences({ theme: chosen }));
}

/** What I chose on another device holds on this one too. */
export function useLooks() {
  const { theme, density } = usePreferences();
  useEffect(() => {
    if (theme) setColours(theme);
  }, [theme]);
  useEffect(() => {
    document.documentElement.dataset.density = density ?? "calm";
  }, [density]);
}
