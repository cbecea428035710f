// The words of a search and its filters: "from:@ana has:file tea". The server understands them; here they become chips.

const filter = /(?:^|\s)(-?(?:from|in|has|before|after|is):(?:"[^"]*"|\S+))(?=\s|$)/giu;

export const filtersOf = (q: string) => [...q.matchAll(filter)].map((found) => found[1]!);

export const withoutFilter = (q: string, one: string) => ` ${q} `.replace(` ${one} `, " ").trim();

/** Adds a filter; one that is only begun ("from:") waits at the end to be written on. */
export const withFilter = (q: string, one: string) =>
  filtersOf(q).includes(one) ? q : `${q.trim()} ${one}`.trim();
