// The server's clock: what is due goes by it, so it is shown, also where this device's clock is wrong.

/** How wrong a clock may be without being corrected: the answer was on its way for a while. */
const tolerated = 30_000;

let ahead = 0;
const listeners = new Set<() => void>();

/** What the server says the time is, now. */
export function serverSays(now: string) {
  const off = Date.parse(now) - Date.now();
  const next = Math.abs(off) > tolerated ? off : 0;
  if (Math.abs(next - ahead) < 1000) return;
  ahead = next;
  for (const listener of listeners) listener();
}

export function onLeap(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Milliseconds since 1970, by the server's clock. */
export const time = () => Date.now() + ahead;

/** Now, by the server's clock. */
export const currentTime = () => new Date(time());
