import { useSyncExternalStore } from "react";
import { currentTime, onLeap, time } from "./clock";

// A clock that ticks at each full minute, for what depends on the time of day.

let now = currentTime();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = currentTime();
  for (const listener of listeners) listener();
  plan();
}

function plan() {
  timer = setTimeout(tick, 60_050 - (time() % 60_000));
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    if (Math.abs(time() - now.getTime()) > 60_000) now = currentTime();
    plan();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

onLeap(() => {
  clearTimeout(timer);
  if (listeners.size > 0) tick();
});

/** Now, exact to the minute. */
export const useMinute = () => useSyncExternalStore(subscribe, () => now);
