import { request } from "./client";
import type {
  Boot,
  Conversation,
  FileInfo,
  ID,
  Member,
  Membership,
  Message,
  Page,
  Person,
  Place,
  Post,
  Preferences,
  Revision,
} from "./types";

// Everything the app asks of the server, by name. One line each: what is asked, what comes back.

type PageQuery = { before?: number; after?: number; around?: number; limit?: number; thread?: number };
const at = (conversation: ID, seq: number) => `/conversations/${conversation}/messages/${seq}`;
const of = (conversation: ID) => `/conversations/${conversation}`;

export const api = {
  boot: () => request<Boot>("GET", "/boot"),
  setup: () => request<{ needed: boolean; organisation?: string }>("GET", "/setup"),
  signIn: (email: string, password: string) =>
    request<{ me: Person }>("POST", "/sessions", { body: { email, password } }),
  signOut: () => request<void>("DELETE", "/sessions/current"),
  setPreferences: (body: Preferences) => request<Preferences>("PATCH", "/me/preferences", { body }),

  browse: (q: string, signal?: AbortSignal) =>
    request<{ conversations: Conversation[] }>("GET", "/conversations/browse", {
      query: { q: q || undefined },
      signal,
    }).then((found) => found.conversations),
  conversation: (id: ID) => request<Conversation>("GET", of(id)),
  createConversation: (body: {
    kind: Conversation["kind"];
    visibility?: Conversation["visibility"];
    name?: string;
    purpose?: string;
    people?: ID[];
  }) => request<Conversation>("POST", "/conversations", { body }),
  changeConversation: (
    id: ID,
    body: { name?: string; purpose?: string; visibility?: Conversation["visibility"]; archived?: boolean },
  ) => request<Conversation>("PATCH", of(id), { body }),
  join: (id: ID) => request<Conversation>("POST", `${of(id)}/join`),
  leave: (id: ID) => request<void>("POST", `${of(id)}/leave`),
  members: (id: ID) =>
    request<{ members: Member[] }>("GET", `${of(id)}/members`).then((found) => found.members),
  addMembers: (id: ID, people: ID[]) => request<void>("POST", `${of(id)}/members`, { body: { people } }),
  removeMember: (id: ID, person: ID) => request<void>("DELETE", `${of(id)}/members/${person}`),
  changeMine: (id: ID, body: Partial<Pick<Membership, "level" | "muted" | "section">>) =>
    request<Conversation>("PATCH", `${of(id)}/me`, { body }),
  read: (id: ID, seq: number) => request<Conversation>("PUT", `${of(id)}/read`, { body: { seq } }),

  messages: (id: ID, query: PageQuery, signal?: AbortSignal) =>
    request<Page>("GET", `${of(id)}/messages`, { query, signal }),
  message: (id: ID, seq: number) => request<Message>("GET", at(id, seq)),
  post: (id: ID, body: Post) => request<Message>("POST", `${of(id)}/messages`, { body }),
  edit: (id: ID, seq: number, body: string) => request<Message>("PATCH", at(id, seq), { body: { body } }),
  remove: (id: ID, seq: number) => request<void>("DELETE", at(id, seq)),
  revisions: (id: ID, seq: number) =>
    request<{ revisions: Revision[] }>("GET", `${at(id, seq)}/revisions`).then((found) => found.revisions),
  react: (id: ID, seq: number, emoji: string, on: boolean) =>
    request<Message>(on ? "PUT" : "DELETE", `${at(id, seq)}/reactions/${encodeURIComponent(emoji)}`),
  pin: (id: ID, seq: number, on: boolean) => request<Message>(on ? "PUT" : "DELETE", `${at(id, seq)}/pin`),
  move: (id: ID, seq: number, conversation: ID) =>
    request<Place>("POST", `${at(id, seq)}/move`, { body: { conversation } }),
  pins: (id: ID) => messagesOf(request<{ messages: Message[] }>("GET", `${of(id)}/pins`)),
  saved: () => messagesOf(request<{ messages: Message[] }>("GET", "/saved")),
  save: (message: ID, on: boolean) => request<void>(on ? "PUT" : "DELETE", `/saved/${message}`),
  draft: (id: ID, body: { thread?: number; body: string; files?: ID[] }) =>
    request<void>("PUT", `${of(id)}/draft`, { body }),
  render: (body: string, signal?: AbortSignal) =>
    request<{ html: string }>("POST", "/render", { body: { body }, signal }),
  search: (query: { q: string; limit?: number; before?: string }, signal?: AbortSignal) =>
    request<{ messages: Message[]; words: string[]; more: boolean }>("GET", "/search", { query, signal }),
};

const messagesOf = (answer: Promise<{ messages: Message[] }>) => answer.then((found) => found.messages);

export const fileURL = (file: FileInfo) => `/files/${file.id}/${encodeURIComponent(file.name)}`;
export const thumbURL = (file: FileInfo) => (file.thumb ? `/files/${file.id}/thumb` : fileURL(file));
