import { useSyncExternalStore } from "react";

const subscribe = (listener: () => void) => {
  const kinds = ["focus", "blur"] as const;
  for (const kind of kinds) addEventListener(kind, listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    for (const kind of kinds) removeEventListener(kind, listener);
    document.removeEventListener("visibilitychange", listener);
  };
};

/** Whether somebody is looking: the window is visible and has the focus. */
export const useLooking = () =>
  useSyncExternalStore(subscribe, () => document.visibilityState === "visible" && document.hasFocus());
