// The shapes of the API, as internal/parley has them.

export type ID = string;

export interface Hours {
  day: number;
  from: string;
  to: string;
}
export interface Status {
  emoji?: string;
  text?: string;
  until?: string;
}
export type Role = "owner" | "admin" | "member" | "guest";
export interface Person {
  id: ID;
  handle: string;
  name: string;
  kind: "human" | "bot";
  role: Role;
  zone: string;
  language: string;
  hours: Hours[];
  title?: string;
  avatar?: string;
  status?: Status;
  last_seen_at?: string;
  created_at: string;
  deactivated_at?: string;
  version: number;
}
export interface PersonGroup {
  id: ID;
  handle: string;
  name: string;
  members: ID[];
}
export type Level = "" | "all" | "mentions" | "nothing";
export interface Membership {
  role: "manager" | "member";
  level: Level;
  muted: boolean;
  section?: string;
  read_seq: number;
  mentions: number;
  joined_at: string;
  version: number;
}
export interface Conversation {
  id: ID;
  kind: "direct" | "group" | "channel";
  visibility: "public" | "private";
  name?: string;
  purpose?: string;
  created_by: ID;
  created_at: string;
  archived_at?: string;
  last_seq: number;
  last_change: number;
  last_at?: string;
  members: number;
  people?: ID[];
  version: number;
  me?: Membership;
}
export interface Member {
  person: ID;
  role: "manager" | "member";
  read_seq?: number;
  read_at?: string;
  joined_at: string;
}
export interface Draft {
  conversation: ID;
  thread?: number;
  body: string;
  files: FileInfo[];
  updated_at: string;
}
export interface Place {
  conversation: ID;
  seq: number;
}
export interface Happened {
  what: string;
  people?: ID[];
  name?: string;
}
export interface Reaction {
  emoji: string;
  people: ID[];
}
export interface FileInfo {
  id: ID;
  name: string;
  media_type: string;
  size: number;
  width?: number;
  height?: number;
  thumb?: boolean;
}
export interface Preview {
  url: string;
  title?: string;
  description?: string;
  site?: string;
  image?: string;
  width?: number;
  height?: number;
}
export interface Message {
  id: ID;
  conversation: ID;
  seq: number;
  change: number;
  thread?: number;
  author: ID;
  kind: "text" | "system" | "moved";
  via: string;
  body: string;
  html: string;
  as?: { name: string; avatar?: string };
  happened?: Happened;
  moved_to?: Place;
  moved_from?: Place;
  files?: FileInfo[];
  previews?: Preview[];
  reactions?: Reaction[];
  mentions?: ID[];
  everyone?: boolean;
  replies?: number;
  last_reply_seq?: number;
  last_reply_at?: string;
  key?: string;
  created_at: string;
  edited_at?: string;
  deleted_at?: string;
  pinned_at?: string;
  pinned_by?: ID;
}
export interface Revision {
  body: string;
  html: string;
  written_at: string;
}
export interface Organisation {
  name: string;
  zone: string;
  language: string;
  create_channels?: string;
  mention_everyone?: string;
  invite?: string;
}
export interface Preferences {
  read_receipts?: boolean;
  show_presence?: boolean;
  theme?: "auto" | "light" | "dark";
  language?: string;
  enter_sends?: boolean;
  density?: "calm" | "dense";
  [key: string]: unknown;
}
/** A person as they see themselves. */
export interface Me extends Person {
  email?: string;
  has_password?: boolean;
  passkeys?: number;
}
export interface Session {
  id: ID;
  user_agent: string;
  ip: string;
  created_at: string;
  last_used_at: string;
  current: boolean;
}
export interface Passkey {
  id: ID;
  name: string;
  created_at: string;
  last_used_at?: string;
}
export interface AccessToken {
  id: ID;
  person: ID;
  name: string;
  created_by: ID;
  created_at: string;
  last_used_at?: string;
  expires_at?: string;
}
export interface Invitation {
  id: ID;
  role: Role;
  conversations: ID[];
  note?: string;
  uses_left: number;
  created_by: ID;
  created_at: string;
  expires_at: string;
}
export interface Webhook {
  id: ID;
  conversation: ID;
  person: ID;
  name: string;
  created_by: ID;
  created_at: string;
  last_used_at?: string;
}
export interface Boot {
  me: Me;
  preferences: Preferences;
  organisation: Organisation;
  people: Person[];
  groups: PersonGroup[];
  conversations: Conversation[];
  drafts: Draft[];
  saved: ID[];
  may: string[];
  version: string;
}
export type Presence = "active" | "away" | "offline";

export interface Page {
  messages: Message[];
  last_seq: number;
  last_change: number;
  first: boolean;
  last: boolean;
}
export interface Activity {
  conversation: ID;
  last_seq: number;
  last_change: number;
  last_at: number;
  author: ID;
  excerpt?: string;
  mentioned?: boolean;
}
export interface Event {
  type:
    | "message"
    | "typing"
    | "read"
    | "members"
    | "conversation"
    | "activity"
    | "gone"
    | "person"
    | "group"
    | "draft"
    | "saved"
    | "presence"
    | "organisation"
    | "signed_out";
  message?: Message;
  conversation?: Conversation;
  activity?: Activity;
  gone?: ID;
  person?: Person;
  group?: PersonGroup;
  draft?: Draft;
  saved?: { message: ID; saved: boolean };
  presence?: Record<ID, Presence>;
  typing?: { person: ID; thread?: number };
  read?: { person: ID; seq: number };
}
export interface Post {
  body: string;
  thread?: number;
  files?: ID[];
  key?: string;
}
