import type { Catalogue, Translated } from "../en";
import { app } from "./app";
import { conversation } from "./conversation";
import { enter } from "./enter";
import { places } from "./places";
import { settings } from "./settings";

export const de: Translated<Catalogue> = { ...app, ...conversation, ...places, ...enter, ...settings };
