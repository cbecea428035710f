import { codes } from "./codes";
import { enter } from "./enter";
import { people } from "./people";
import { push } from "./push";
import { settings } from "./settings";

// The texts of what is loaded when first needed; ../more.ts brings them in.
export const more = { ...codes, ...enter, ...people, ...push, ...settings } as const;
