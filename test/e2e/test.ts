import { type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { type Ground, Parley } from "./parley.ts";
import { Person } from "./person.ts";

export { expect };

export interface Options {
  /** On what the servers of a test stand. */
  ground: Ground;
}

interface Fixtures {
  /** A fresh Parley that nobody has entered. */
  parley: Parley;
  /** Sits somebody down at a browser; on several nodes, each person at the next one. */
  sit: (name: string, options?: BrowserContextOptions) => Promise<Person>;
}

export const test = base.extend<Options & Fixtures>({
  ground: ["sqlite", { option: true }],

  parley: async ({ ground }, use, info) => {
    const parley = await Parley.start(ground);
    try {
      await use(parley);
      if (info.status !== info.expectedStatus) await info.attach("server.log", { body: parley.said });
    } finally {
      await parley.stop();
    }
  },

  sit: async ({ parley, browser, contextOptions }, use) => {
    const people: Person[] = [];
    await use(async (name, options) => {
      const node = parley.nodes[people.length % parley.nodes.length];
      const person = await Person.at(browser, name, () => node?.port ?? 0, { ...contextOptions, ...options });
      people.push(person);
      return person;
    });
    const troubles = people.flatMap((person) =>
      person.troubles.map((trouble) => `${person.first}: ${trouble}`),
    );
    for (const person of people) await person.leave();
    expect(troubles, "nothing goes wrong unseen").toEqual([]);
  },
});
