import { expect } from "@playwright/test";
import type { Parley } from "./parley.ts";
import type { Person } from "./person.ts";
import { picture } from "./picture.ts";

interface Made {
  id: string;
  seq: number;
}

/** Where is what in a Parley in which people have lived for a while. */
export interface House {
  ana: Person; // the owner
  ben: Person;
  eve: Person; // has just come in
  harbour: string; // a channel with a message of each kind
  root: number; // what the thread in it began with
  edited: number;
  pictures: number;
  long: string; // more than one screen of messages
  boats: string; // a public channel in which Ana is not
  archived: string;
  ladder: number; // of a question in it
  kept: string; // a private channel of Ana, Ben and Max, who want something of each other
  direct: string; // with Ben, who is unread
  group: string;
  bens: string; // Ben's id
  gone: string; // of somebody deactivated
  invitation: string; // an open link
  /** All that people have named and written, where it is shown outside of messages. */
  written: string[];
}

const longName = "Maximiliane Freifrau von Hohenstein-Thurnbach";
const channelName = "hafenbeckenerweiterungskommission";

const everything = `## The *plan* for ~~Monday~~ **Tuesday**

1. Look at the [tide table](https://example.org/tides)
   - [x] spring tide
   - [ ] neap tide
2. Ask @ben and @keepers, \`make light\`

> A light that nobody sees is not a light.

| lamp | power | a column with rather a long heading | and one more that makes it wide |
| --- | ---: | :---: | --- |
| north | 1,000 W | yes | 217 steps up, 217 steps down |
| south | 40 W | no | closed |

\`\`\`go
func main() {
	fmt.Println("a line of code that is so long that it has to scroll sideways, for who has a narrow window or a phone") // 42
}
\`\`\`

The period is $T = 2\\pi\\sqrt{l/g}$, and the answer is ||forty-two||. ${"Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(3)}`;

/** Fills a Parley by the API, as its people would: something of everything that can be seen. */
export async function furnish(parley: Parley, sit: (name: string) => Promise<Person>): Promise<House> {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const max = await sit(longName);
  const gil = await sit("Gil Moreau");
  const dora = await sit("Dora Lind");
  const eve = await sit("Eve Adeyemi");
  await ana.found(parley.link);
  const channel = (by: Person, name: string, more: object = {}) =>
    by.ask<Made>("POST", "/conversations", { kind: "channel", visibility: "public", name, ...more });
  const say = (by: Person, conversation: string, body: string, more: object = {}) =>
    by.ask<Made>("POST", `/conversations/${conversation}/messages`, { body, ...more });
  const file = (by: Person, name: string, data: Buffer) =>
    by.ask<Made>("POST", `/files?name=${encodeURIComponent(name)}`, data).then(({ id }) => id);

  const { id: harbour } = await channel(ana, "harbour", { purpose: "Who comes in, who goes out, and when" });
  await ana.bringIn(ben, { role: "admin" });
  await ana.bringIn(max);
  await ana.bringIn(gil, { role: "guest", conversations: [harbour] });
  await ana.bringIn(dora);
  await ana.bringIn(eve, { role: "member" });
  const people = await ana.ask<{ people: { id: string; name: string }[] }>("GET", "/boot");
  const idOf = (who: Person) => people.people.find(({ name }) => name === who.name)?.id ?? "";
  const [bens, maxs] = [idOf(ben), idOf(max)];

  await ana.ask("POST", "/groups", {
    name: "Keepers of the light",
    handle: "keepers",
    members: [bens, maxs],
  });
  await ana.ask("PATCH", `/people/${idOf(dora)}`, { deactivated: true });
  await ana.ask("POST", `/conversations/${harbour}/members`, { people: [bens, maxs] });
  await ana.ask("PATCH", "/me", {
    title: "Keeper of the lamp",
    hours: [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" })),
  });
  await ben.ask("PUT", "/me/status", { emoji: "🌴", text: "On the island" });
  await ben.ask("PATCH", "/me", { zone: "Asia/Kolkata", title: "Boats and ropes" });
  await ana.ask("PUT", "/me/avatar", picture(96, 96));

  await say(ben, harbour, everything);
  const { seq: root } = await say(ana, harbour, "Who has the long ladder?");
  const answer = await say(ben, harbour, "It stands behind the shed", { thread: root });
  await say(max, harbour, `@ana it is ${"very ".repeat(30)}heavy`, { thread: root });
  const at = (seq: number) => `/conversations/${harbour}/messages/${seq}`;
  const shown = await say(ana, harbour, "What I saw this morning", {
    files: [
      await file(ana, "horizon.png", picture(900, 600)),
      await file(ana, "the other horizon.png", picture(300, 700)),
      await file(
        ana,
        "a list of all the steps, counted upwards and then downwards again.txt",
        Buffer.from("217\n"),
      ),
    ],
  });
  const edited = await say(ana, harbour, "The lamp is on");
  await ana.ask("PATCH", at(edited.seq), { body: "The lamp is *out*" });
  for (const by of [ana, ben, max])
    for (const emoji of ["👍", "🎉"])
      await by.ask("PUT", `${at(edited.seq)}/reactions/${encodeURIComponent(emoji)}`);
  await gil.ask("PUT", `${at(edited.seq)}/reactions/${encodeURIComponent("🕯️")}`);
  await ana.ask("PUT", `${at(shown.seq)}/pin`);
  await ana.ask("PUT", `/saved/${shown.id}`);
  await ana.ask("PUT", `/saved/${answer.id}`);
  const taken = await say(ben, harbour, "Something else");
  await ben.ask("DELETE", at(taken.seq));
  await say(gil, harbour, "Good evening from the boat");
  const hook = await ana.ask<{ url: string }>("POST", `/conversations/${harbour}/webhooks`, {
    name: "Alarms",
  });
  const posted = await ana.context.request.post(ana.here(hook.url), {
    data: {
      username: "Alertmanager",
      icon_emoji: ":bell:",
      text: "*[FIRING] LampOut* north",
      attachments: [
        {
          color: "danger",
          title: "Battery",
          text: "3.02 V",
          fields: [{ title: "Since", value: "02:14", short: true }],
        },
      ],
    },
  });
  if (!posted.ok()) throw new Error(`the webhook: ${posted.status()} ${await posted.text()}`);

  const { id: long } = await channel(ana, "logbook", { people: [bens] });
  for (let n = 1; n <= 60; n++)
    await say(n % 3 ? ana : ben, long, `Entry ${n}: wind from the west, ${n % 9} Beaufort`);
  const { id: boats } = await channel(ben, "boats", { purpose: "Ropes, sails and paint" });
  await say(ben, boats, "The blue one leaks");
  const { id: archived } = await channel(ana, "old-harbour");
  await say(ana, archived, "It was nice here");
  await ana.ask("PATCH", `/conversations/${archived}`, { archived: true });
  const { id: kept } = await channel(ana, channelName, { visibility: "private", people: [bens, maxs] });
  await ana.ask("PATCH", `/conversations/${kept}/me`, { section: "Very important things, to be read daily" });
  const { id: muted } = await channel(ana, "weather");
  await ana.ask("PATCH", `/conversations/${muted}/me`, { muted: true });
  await ana.ask("PATCH", `/conversations/${harbour}/me`, { section: "starred" });
  await ana.ask("PUT", `/conversations/${muted}/draft`, { body: "It will rain" });
  await ana.ask("PUT", `/conversations/${kept}/draft`, { body: "Dear all" });
  const { id: direct } = await ben.ask<Made>("POST", "/conversations", {
    kind: "direct",
    visibility: "private",
    people: [idOf(ana)],
  });
  await say(ben, direct, "Are you there?");
  await say(ben, kept, "@ana have you seen this?");
  const day = 86_400_000;
  const by = new Date(Date.now() + day).toISOString();
  await say(ben, kept, "Which lamp do we buy, @ana?", { need: "answer", by });
  const late = await say(max, kept, "@ana who climbs up in spring?", { need: "answer", by });
  const { seq: ladder } = await say(ana, kept, "@ben what does the ladder cost?", { need: "answer", by });
  const choice = await say(ana, kept, "What colour, @ben?", {
    need: "answer",
    by,
    decision: { options: ["Red", "A colour that needs rather a lot of words to be described"], default: 0 },
  });
  await ben.ask("PUT", `/conversations/${kept}/messages/${choice.seq}/vote`, { option: 1 });
  await say(ana, kept, "@ben come at once", {
    need: "urgent",
    reason: "The lamp has gone out and a ship is near",
  });
  await ana.ask("POST", "/scheduled", { conversation: kept, body: "Good morning to all of you", at: by });
  const put = () => ana.ask("POST", `/inbox/${late.id}/snooze`, { at: by });
  await expect(put).toPass(); // once it has come to Ana
  const { id: group } = await ana.ask<Made>("POST", "/conversations", {
    kind: "group",
    visibility: "private",
    people: [bens, maxs],
  });
  await say(ana, group, "The three of us");

  await ana
    .ask("POST", "/bots", { name: "Tide clock", handle: "tides" })
    .then(async (bot) =>
      ana.ask("POST", `/bots/${(bot as Made).id}/tokens`, { name: "clock tower", expires_in_days: 30 }),
    );
  await ana.ask("POST", "/tokens", { name: "a script at home", expires_in_days: 0 });
  await ana.ask("POST", "/sessions", { email: ana.email, password: ana.password });
  const { url: invitation } = await ana.ask<{ url: string }>("POST", "/invitations", {
    role: "member",
    uses: 5,
    note: "For the new keepers on the southern islands",
  });

  return {
    ...{
      ana,
      ben,
      eve,
      harbour,
      root,
      edited: edited.seq,
      pictures: shown.seq,
      long,
      boats,
      archived,
      ladder,
      kept,
      direct,
      group,
      bens,
      invitation,
    },
    gone: idOf(dora),
    written: [
      ...[
        "Lighthouse",
        "horizon.png",
        "Parley",
        "Keepers of the light",
        "Tide clock",
        "Alertmanager",
        "Alarms",
        "clock tower",
        "a script at home",
        "It burns",
        "the lamp is on fire",
        "The lamp has gone out",
        "and a ship is near",
        "Red",
        "A colour that needs rather a lot of words to be described",
        "Good morning to all of you",
      ],
      ...[ana, ben, max, gil, dora, eve].map(({ name }) => name),
      ...["harbour", "general", "logbook", "boats", "old-harbour", channelName, "weather", "starred"],
      ...[
        "Keeper of the lamp",
        "Boats and ropes",
        "On the island",
        "Very important things, to be read daily",
      ],
    ],
  };
}
