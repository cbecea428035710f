import { describe, expect, it } from "vitest";
import type { Boot, Conversation, Event, Item, Person } from "../api/types";
import { applyToBoot, calls, unread, withReadMark } from "./apply";

const person = (id: string, version = 1): Person => ({
  id,
  handle: id,
  name: id,
  kind: "human",
  role: "member",
  zone: "UTC",
  language: "en",
  hours: [],
  created_at: "",
  version,
}); // prettier-ignore
const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id,
  kind: "channel",
  visibility: "public",
  name: id,
  created_by: "a",
  created_at: "2026-01-01T00:00:00Z",
  last_seq: 10,
  last_change: 12,
  members: 2,
  version: 1,
  me: { role: "member", level: "", muted: false, read_seq: 10, mentions: 0, joined_at: "", version: 1 },
  ...more,
}); // prettier-ignore
const boot = (): Boot => ({
  me: { ...person("me"), has_password: true, passkeys: 0 },
  preferences: {},
  organisation: {
    name: "O",
    zone: "UTC",
    language: "en",
    create_channels: "member",
    invite: "member",
    mention_everyone: "admin",
    urgent: 3,
  },
  people: [person("me"), person("bo")],
  groups: [],
  conversations: [conversation("x"), conversation("y")],
  drafts: [],
  saved: ["s1"],
  may: [],
  inbox: { items: [], later: [], held: { messages: 0 } },
  reach: {
    quiet: [],
    off: [],
    ladder: [],
    alarm: [],
    deputies: [],
    through: { waking: "everyone", quiet: "nobody", people: [] },
    digest: true,
    levels: { direct: "all", group: "all", channel: "mentions" },
    version: 0,
  },
  scheduled: [],
  now: "",
  version: "1",
}); // prettier-ignore
const find = (b: Boot, id: string) => b.conversations.find((c) => c.id === id)!;
const said = (author: string, last_seq: number, mentioned?: boolean) => ({
  type: "activity" as const,
  activity: {
    conversation: "x",
    last_seq,
    last_change: last_seq + 2,
    last_at: 1_800_000_000_000,
    author,
    mentioned,
  },
});

describe("what somebody says", () => {
  it("is unread, once, however often it is told", () => {
    const after = [said("bo", 11), said("bo", 11), said("bo", 10)].reduce(applyToBoot, boot());
    expect(unread(find(after, "x"))).toBe(1);
    expect(find(after, "x").last_change).toBe(13);
  });
  it("counts mentions once", () => {
    const after = [said("bo", 11, true), said("bo", 11, true)].reduce(applyToBoot, boot());
    expect(find(after, "x").me!.mentions).toBe(1);
  });
  it("is read when I said it myself, unless something before it is not", () => {
    expect(unread(find(applyToBoot(boot(), said("me", 11)), "x"))).toBe(0);
    const missed = applyToBoot(boot(), said("bo", 11));
    expect(unread(find(applyToBoot(missed, said("me", 12)), "x"))).toBe(2);
  });
  it("calls for nobody who has muted it", () => {
    const after = applyToBoot(boot(), said("bo", 11));
    expect(calls(find(after, "x"))).toBe(true);
    const c = find(after, "x");
    expect(calls({ ...c, me: { ...c.me!, muted: true } })).toBe(false);
  });
});

describe("a conversation's event", () => {
  it("brings a new one, changes a known one, and removes one without me", () => {
    let after = applyToBoot(boot(), { type: "conversation", conversation: conversation("z") });
    expect(after.conversations).toHaveLength(3);
    after = applyToBoot(after, {
      type: "conversation",
      conversation: conversation("z", { name: "new", version: 2 }),
    });
    expect(find(after, "z").name).toBe("new");
    after = applyToBoot(after, {
      type: "conversation",
      conversation: conversation("z", { me: undefined, version: 3 }),
    });
    expect(after.conversations.map((c) => c.id)).toEqual(["x", "y"]);
  });
  it("that is older than what is known changes nothing that matters", () => {
    const newer = applyToBoot(boot(), said("bo", 20));
    const after = applyToBoot(newer, {
      type: "conversation",
      conversation: conversation("x", { name: "old", version: 0 }),
    });
    expect(after.conversations).toEqual(newer.conversations);
  });
  it("carries my read mark from another device, also backwards", () => {
    const back = conversation("x", { me: { ...conversation("x").me!, read_seq: 4, version: 2 } });
    expect(unread(find(applyToBoot(boot(), { type: "conversation", conversation: back }), "x"))).toBe(6);
  });
});

it("leaving takes the conversation and its draft", () => {
  const before = { ...boot(), drafts: [{ conversation: "x", body: "b", files: [], updated_at: "" }] };
  const after = applyToBoot(before, { type: "gone", gone: "x" });
  expect(after.conversations.map((c) => c.id)).toEqual(["y"]);
  expect(after.drafts).toEqual([]);
});

it("a person's newer profile wins, for me too", () => {
  const told = { ...person("me", 2), name: "New" };
  const after = [
    { type: "person" as const, person: told },
    { type: "person" as const, person: person("me", 1) },
  ].reduce(applyToBoot, boot());
  expect(after.me.name).toBe("New");
  expect(after.people.find((p) => p.id === "me")!.name).toBe("New");
});

it("drafts and saved marks come and go", () => {
  const draft = { conversation: "x", body: "half a", files: [], updated_at: "" };
  let after = applyToBoot(boot(), { type: "draft", draft });
  after = applyToBoot(after, { type: "draft", draft: { ...draft, thread: 3 } });
  expect(after.drafts).toHaveLength(2);
  after = applyToBoot(after, { type: "draft", draft: { ...draft, body: "" } });
  expect(after.drafts).toEqual([{ ...draft, thread: 3 }]);
  after = applyToBoot(after, { type: "saved", saved: { message: "s2", saved: true } });
  after = applyToBoot(after, { type: "saved", saved: { message: "s1", saved: false } });
  expect(after.saved).toEqual(["s2"]);
});

it("what is sent later comes, changes and goes", () => {
  const scheduled = {
    ...{ id: "l1", conversation: "x", body: "later", files: [] },
    ...{ at: "2026-12-01T08:00:00Z", created_at: "" },
  };
  let after = applyToBoot(boot(), { type: "scheduled", scheduled });
  after = applyToBoot(after, { type: "scheduled", scheduled: { ...scheduled, body: "later on" } });
  expect(after.scheduled).toEqual([{ ...scheduled, body: "later on" }]);
  expect(applyToBoot(after, { type: "scheduled_gone", gone: "l1" }).scheduled).toEqual([]);
});

it("reading to the end clears the mentions", () => {
  const before = applyToBoot(boot(), said("bo", 11, true));
  const after = withReadMark(before, "x", 11);
  expect(find(after, "x").me).toMatchObject({ read_seq: 11, mentions: 0 });
});

it("what my Inbox and my settings are told is as if they were fetched again", () => {
  const item = (id: string, version: number, until?: string): Item => ({
    message: {
      id,
      conversation: "x",
      seq: 1,
      kind: "text",
      author: "bo",
      body: id,
      html: id,
      change: 1,
      created_at: "",
      via: "app",
    },
    wants: "look",
    because: "direct",
    at: "2026-11-25T09:00:00Z",
    version,
    ...(until ? { until } : {}),
  });
  const later = "2026-11-26T09:00:00Z";
  const events: Event[] = [
    { type: "inbox", item: item("a", 1) },
    { type: "inbox", item: item("b", 1) },
    { type: "inbox", item: item("b", 2, later) },
    { type: "inbox", item: item("b", 1) },
    { type: "inbox", item: item("c", 1) },
    { type: "inbox_gone", gone: "c" },
    { type: "held", held: { messages: 2, until: later } },
    { type: "reach", reach: { ...boot().reach, focus: later, version: 2 } },
    { type: "reach", reach: { ...boot().reach, version: 1 } },
  ];
  const after = events.reduce(applyToBoot, boot());
  expect(after.inbox).toEqual({
    items: [item("a", 1)],
    later: [item("b", 2, later)],
    held: { messages: 2, until: later },
  });
  expect(after.reach).toMatchObject({ focus: later, version: 2 });
});
