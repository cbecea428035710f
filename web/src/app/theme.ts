import { store } from "../live/store";

export type Colours = "auto" | "light" | "dark";

const key = "colours";
const read = (): Colours => {
  const kept = localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "auto";
};

/** The colours of this device's app: kept here too, so that they are right before anything is loaded. */
export const colours = store<Colours>(read());

export function setColours(chosen: Colours) {
  localStorage.setItem(key, chosen);
  colours.set(chosen);
}
