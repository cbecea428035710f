import type { Inbox, Message } from "../api/types";

/** A message for tests. */
export const message = (more: Partial<Message> = {}): Message => ({
  id: "m",
  conversation: "c",
  seq: 1,
  kind: "text",
  author: "bo",
  body: "said",
  html: "<p>said</p>",
  change: 1,
  created_at: "2026-11-25T09:00:00Z",
  via: "app",
  ...more,
});

export const emptyInbox: Inbox = { items: [], later: [], held: { messages: 0 } };
