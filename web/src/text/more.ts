import { more } from "./en/more";
import { addEnglish } from "./text";

// Import this beside a screen that is loaded when first needed and uses texts of enter, people or settings.
addEnglish(more);
