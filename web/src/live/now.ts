import { useSyncExternalStore } from "react";

// A clock that ticks at each full minute, for what depends on the time of day.

let now = new Date();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = new Date();
  for (const listener of listeners) listener();
  plan();
}

function plan() {
  timer = setTimeout(tick, 60_050 - (Date.now() % 60_000));
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    if (Date.now() - now.getTime() > 60_000) now = new Date();
    plan();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** Now, exact to the minute. */
export const useMinute = () => useSyncExternalStore(subscribe, () => now);
