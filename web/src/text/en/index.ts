import { app } from "./app";
import { conversation } from "./conversation";
import type { more } from "./more";
import { need } from "./need";
import { places } from "./places";

// The English catalogue is the one that others follow: its keys are the type. One file for each area. Here are those that the
// frame and the conversations need at once; the others come with the first screen that imports ../more.
export const en = { ...app, ...conversation, ...need, ...places } as const;
export type Catalogue = typeof en & typeof more;
/** What a translation of one area must have. */
export type Translated<Area> = {
  [K in keyof Area]: Area[K] extends string ? string : { one: string; other: string };
};
