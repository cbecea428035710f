import { request } from "./client";
import type { Asked, CatchUp, ID, Inbox } from "./types";

// What is asked of the server about what wants something from me.

const of = (message: ID) => `/inbox/${message}`;

export const inboxApi = {
  inbox: () => request<Inbox>("GET", "/inbox"),
  done: (message: ID) => request<void>("POST", `${of(message)}/done`),
  undone: (message: ID) => request<void>("POST", `${of(message)}/undone`),
  snooze: (message: ID, at: string) => request<void>("POST", `${of(message)}/snooze`, { body: { at } }),
  handOver: (message: ID, person: ID, note: string) =>
    request<void>("POST", `${of(message)}/hand-over`, { body: { person, ...(note ? { note } : {}) } }),
  acknowledge: (message: ID) => request<void>("POST", `${of(message)}/acknowledge`),
  asked: () => request<{ asked: Asked[] }>("GET", "/asked").then((found) => found.asked),
  catchUp: (since?: string) => request<CatchUp>("GET", "/catch-up", { query: { since } }),
  readUpTo: (conversations: Record<ID, number>) =>
    request<void>("POST", "/catch-up/read", { body: { conversations } }),
};
