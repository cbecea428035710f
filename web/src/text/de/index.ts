import type { Catalogue, Translated } from "../en";
import { app } from "./app";
import { codes } from "./codes";
import { conversation } from "./conversation";
import { delivery } from "./delivery";
import { enter } from "./enter";
import { inbox } from "./inbox";
import { need } from "./need";
import { people } from "./people";
import { places } from "./places";
import { push } from "./push";
import { reach } from "./reach";
import { settings } from "./settings";

export const de: Translated<Catalogue> = {
  ...app,
  ...codes,
  ...conversation,
  ...need,
  ...people,
  ...places,
  ...push,
  ...reach,
  ...enter,
  ...inbox,
  ...delivery,
  ...settings,
};
