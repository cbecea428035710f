import { useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { presets, type Week } from "../form/week";
import { guessZone } from "../form/zones";

// What somebody has told so far who is coming in. It outlives a reload and a change of language; the password is kept only for as
// long as the page is there.

export interface Draft {
  step: string;
  name: string;
  email: string;
  way: "password" | "passkey";
  organisation: string;
  zone: string;
  week: Week;
}

const fresh = (step: string): Draft => ({
  step,
  name: "",
  email: "",
  way: "password",
  organisation: "",
  zone: guessZone(),
  week: presets.office(),
});

let secret = "";

/** `place` tells one door from another: the link's token. */
export function useDraft(place: string, first: string) {
  const key = `enter.${place}`;
  const [draft, setDraft] = useState<Draft>(() => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
      if (kept) return { ...fresh(first), ...kept };
    } catch {
      // something else was kept there
    }
    return fresh(first);
  });
  const [password, show] = useState(secret);
  const change = (part: Partial<Draft>) =>
    setDraft((now) => {
      const next = { ...now, ...part };
      sessionStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  const setPassword = (text: string) => {
    secret = text;
    show(text);
  };
  const forget = () => {
    secret = "";
    sessionStorage.removeItem(key);
  };
  return { draft, change, password, setPassword, forget };
}

/** The token in the link's fragment, which no server log has. Another link begins anew: to be used as the key as well. */
export const useTokenOfLink = () => useRouterState({ select: (state) => state.location.hash });
