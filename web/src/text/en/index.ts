import { app } from "./app";
import { conversation } from "./conversation";
import { enter } from "./enter";
import { places } from "./places";
import { settings } from "./settings";

// The English catalogue is the one that others follow: its keys are the type. One file for each area.
export const en = { ...app, ...conversation, ...places, ...enter, ...settings } as const;
export type Catalogue = typeof en;
/** What a translation of one area must have. */
export type Translated<Area> = {
  [K in keyof Area]: Area[K] extends string ? string : { one: string; other: string };
};
