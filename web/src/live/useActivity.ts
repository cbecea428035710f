import { useEffect } from "react";
import { tellActive } from "./connection";

const awayAfter = 5 * 60_000;

/** Tells the server whether I use the app: away after five minutes without a key or a pointer. */
export function useActivity() {
  useEffect(() => {
    let state: "active" | "away" = "active";
    let last = Date.now();
    const become = (next: "active" | "away") => {
      state = next;
      tellActive(next);
    };
    const used = () => {
      last = Date.now();
      if (state === "away") become("active");
    };
    const check = () => {
      if (state === "active" && Date.now() - last > awayAfter) become("away");
    };
    const kinds = ["pointerdown", "keydown", "wheel", "focus"] as const;
    for (const kind of kinds) addEventListener(kind, used, { passive: true, capture: true });
    const timer = setInterval(check, 30_000);
    return () => {
      for (const kind of kinds) removeEventListener(kind, used, { capture: true });
      clearInterval(timer);
    };
  }, []);
}
