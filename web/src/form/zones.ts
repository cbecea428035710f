import { zoneOffset } from "../text/time";

// Time zones to choose from, as the browser knows them.

export const guessZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** "+01:00" for minutes ahead of UTC. */
export function offsetText(minutes: number) {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "Europe/Berlin" as people say it: "Berlin". */
export const zoneCity = (zone: string) => zone.split("/").at(-1)!.replaceAll("_", " ");

export interface ZoneChoice {
  value: string;
  label: string; // "Europe/Berlin  UTC+01:00"
}

/** All zones by name, with how far they are ahead of UTC now; `also` is one that must be among them. */
export function zoneChoices(also?: string, at = new Date()): ZoneChoice[] {
  const names = new Set(Intl.supportedValuesOf("timeZone"));
  names.add("UTC");
  if (also) names.add(also);
  return [...names].sort().map((value) => ({
    value,
    label: `${value.replaceAll("_", " ")} · UTC${offsetText(offset(value, at))}`,
  }));
}

function offset(zone: string, at: Date) {
  try {
    return zoneOffset(zone, at);
  } catch {
    return 0;
  }
}
