// The parts of the settings, in their order; `may` is what one must be allowed to.

export const mine = [
  { id: "profile" },
  { id: "hours" },
  { id: "notifications" },
  { id: "security" },
  { id: "looks" },
  { id: "messages" },
  { id: "keys" },
] as const;
export const everybodys = [
  { id: "organisation", may: "manage_organisation" },
  { id: "people", may: "change_role" },
  { id: "groups", may: "manage_groups" },
  { id: "bots", may: "manage_bots" },
] as const;

export type SectionID = (typeof mine)[number]["id"] | (typeof everybodys)[number]["id"];

export const runs = (may: string[]) => everybodys.filter((one) => may.includes(one.may));
export const settingsOf = (may: string[]): { id: SectionID }[] => [...mine, ...runs(may)];
