import { codes } from "./codes";
import { delivery } from "./delivery";
import { enter } from "./enter";
import { inbox } from "./inbox";
import { people } from "./people";
import { push } from "./push";
import { reach } from "./reach";
import { settings } from "./settings";

// The texts of what is loaded when first needed; ../more.ts brings them in.
export const more = {
  ...codes,
  ...delivery,
  ...enter,
  ...inbox,
  ...people,
  ...push,
  ...reach,
  ...settings,
} as const;
