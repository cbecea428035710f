import { describe, expect, it } from "vitest";
import type { Message, Page } from "../api/types";
import { addPage, applyMessage, applyToThread, fromPage, type Timeline } from "./timeline";

// A server in twenty lines: what happened, and the page it would give.
class Server {
  messages: Message[] = [];
  change = 0;
  events: Message[] = [];

  private set(message: Message) {
    this.messages = [...this.messages.filter((m) => m.seq !== message.seq), message].sort(
      (a, b) => a.seq - b.seq,
    );
    this.events.push(message);
    return message;
  }
  post(body: string, thread?: number) {
    const seq = this.messages.length + 1;
    return this.set({
      id: `m${seq}`,
      conversation: "c",
      seq,
      change: ++this.change,
      author: "p",
      kind: "text",
      via: "app",
      body,
      html: body,
      created_at: "2026-11-23T10:00:00Z",
      ...(thread ? { thread } : {}),
    }); // prettier-ignore
  }
  edit(seq: number, body: string) {
    return this.set({ ...this.messages[seq - 1]!, body, html: body, change: ++this.change });
  }
  react(seq: number, emoji: string) {
    return this.set({
      ...this.messages[seq - 1]!,
      reactions: [{ emoji, people: ["p"] }],
      change: ++this.change,
    });
  }
  remove(seq: number) {
    return this.set({
      ...this.messages[seq - 1]!,
      body: "",
      html: "",
      deleted_at: "x",
      change: ++this.change,
    });
  }
  page(from: number, to = this.messages.length): Page {
    return {
      messages: this.messages.slice(from - 1, to),
      last_seq: this.messages.length,
      last_change: this.change,
      members: 2,
      first: from === 1,
      last: to >= this.messages.length,
    };
  }
}

const apply = (timeline: Timeline, events: Message[]) =>
  events.reduce((now, event) => applyMessage(now, event).timeline, timeline);

describe("a timeline", () => {
  it("with events applied equals one fetched again, for every kind of change", () => {
    const server = new Server();
    for (let i = 0; i < 10; i++) server.post(`message ${i}`);
    const timeline = fromPage(server.page(1));
    server.events = [];
    server.post("new");
    server.edit(3, "edited");
    server.react(4, "👍");
    server.remove(5);
    server.post("reply", 2);
    server.edit(11, "edited at once");
    expect(apply(timeline, server.events)).toEqual(fromPage(server.page(1)));
  });

  it("takes each event once, in whatever order changes of different messages come", () => {
    const server = new Server();
    for (let i = 0; i < 5; i++) server.post(`message ${i}`);
    const timeline = fromPage(server.page(1));
    server.events = [];
    server.edit(2, "first edit");
    server.edit(2, "second edit");
    server.react(3, "🎉");
    const shuffled = [...server.events].reverse();
    expect(apply(timeline, [...shuffled, ...server.events, ...shuffled])).toEqual(fromPage(server.page(1)));
  });

  it("says that there is a gap, and does not claim to end with the newest any more", () => {
    const server = new Server();
    server.post("one");
    const timeline = fromPage(server.page(1));
    server.post("lost");
    const { timeline: after, gap } = applyMessage(timeline, server.post("three"));
    expect(gap).toBe(true);
    expect(after.last).toBe(false);
    expect(addPage(after, server.page(2), "after").messages.map((m) => m.seq)).toEqual([1, 2, 3]);
  });

  it("that looks at the past is not changed by what is new", () => {
    const server = new Server();
    for (let i = 0; i < 20; i++) server.post(`message ${i}`);
    const timeline = fromPage(server.page(1, 5));
    const { timeline: after, gap } = applyMessage(timeline, server.post("new"));
    expect(gap).toBe(false);
    expect(after.messages).toBe(timeline.messages);
    expect(after.lastSeq).toBe(21);
  });

  it("grows at both ends, and keeps the newer state of what pages and events both bring", () => {
    const server = new Server();
    for (let i = 0; i < 20; i++) server.post(`message ${i}`);
    let timeline = fromPage(server.page(8, 12));
    const old = server.page(1, 9);
    timeline = applyMessage(timeline, server.edit(9, "edited")).timeline;
    timeline = addPage(timeline, old, "before");
    timeline = addPage(timeline, server.page(13), "after");
    expect(timeline).toEqual(fromPage(server.page(1)));
  });
});

describe("a thread", () => {
  it("takes its replies and its root, and loses what moved away", () => {
    const server = new Server();
    const root = server.post("root");
    let thread = [root];
    thread = applyToThread(thread, 1, server.post("elsewhere"));
    const reply = server.post("reply", 1);
    thread = applyToThread(thread, 1, reply);
    thread = applyToThread(thread, 1, server.edit(1, "root edited"));
    expect(thread.map((m) => m.body)).toEqual(["root edited", "reply"]);
    thread = applyToThread(thread, 1, { ...reply, thread: undefined, kind: "moved", change: 9 });
    expect(thread.map((m) => m.seq)).toEqual([1]);
  });
});
