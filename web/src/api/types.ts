import type { components } from "./schema";

// The shapes of the API by short names. They come from the server's OpenAPI document (`npm run generate`); only what the socket
// carries is written down here, after internal/parley/event.go.

type Schemas = components["schemas"];

export type ID = string;
export type Hours = Schemas["Hours"];
export type Status = Schemas["Status"];
export type Person = Schemas["Person"];
export type Role = Person["role"];
export type PersonGroup = Schemas["PersonGroup"];
export type Membership = Schemas["Membership"];
export type Level = Membership["level"];
export type Conversation = Schemas["Conversation"];
export type Member = Schemas["Member"];
export type Draft = Schemas["Draft"];
export type Place = Schemas["Place"];
export type Happened = Schemas["Happened"];
export type Reaction = Schemas["Reaction"];
export type FileInfo = Schemas["File"];
export type Preview = Schemas["Preview"];
export type Message = Schemas["Message"];
export type Revision = Schemas["Revision"];
export type Organisation = Schemas["Organisation"];
export type Page = Schemas["Page"];
export type Item = Schemas["Item"];
export type Held = Schemas["Held"];
export type Delivery = Schemas["Delivery"];
export type DeliveryState = Delivery["state"];
export type Reach = Schemas["Reach"];
export type Forecast = Schemas["Forecast"];
export type Scheduled = Schemas["Scheduled"];
export type Reminder = Schemas["Reminder"];
export type Asked = Schemas["Asked"];
export type CatchUp = Schemas["CatchUp"];
export type CaughtUpWith = Schemas["CaughtUpWith"];
export type Inbox = Schemas["Inbox"];
export type Leave = Schemas["Leave"];
export type Rung = Schemas["Rung"];
export type Way = Rung["way"];
export type WayState = Schemas["WayState"];

/** Mine alone, and the app's to define: the server keeps them as they are. */
export interface Preferences {
  read_receipts?: boolean;
  show_presence?: boolean;
  theme?: "auto" | "light" | "dark";
  language?: string;
  enter_sends?: boolean;
  write_markdown?: boolean;
  density?: "calm" | "dense";
  alarm_sound?: boolean;
  [key: string]: unknown;
}
/** A person as they see themselves. */
export type Me = Schemas["Me"];
export type Session = Schemas["Session"];
export type Passkey = Schemas["Passkey"];
export type AccessToken = Schemas["AccessToken"];
export type Invitation = Schemas["Invitation"];
export type Webhook = Schemas["Hook"];
export type Boot = Omit<Schemas["Boot"], "preferences"> & {
  preferences: Preferences;
  scheduled?: Scheduled[];
};
export type Post = Schemas["PostMessageBody"] & Pick<Message, "need" | "by" | "reason">;

export type Presence = "active" | "away" | "offline";

export interface Activity {
  conversation: ID;
  last_seq: number;
  last_change: number;
  last_at: number;
  author: ID;
  excerpt?: string;
  mentioned?: boolean;
  settled?: number; // after this seq things only happened: who had read up to it has read all
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
    | "signed_out"
    | "inbox"
    | "inbox_gone"
    | "held"
    | "notice"
    | "alarm"
    | "delivery"
    | "reach"
    | "scheduled"
    | "scheduled_gone"
    | "reminders";
  message?: Message;
  conversation?: Conversation;
  activity?: Activity;
  gone?: ID;
  person?: Person;
  group?: PersonGroup;
  draft?: Draft;
  members?: number;
  saved?: { message: ID; saved: boolean };
  presence?: Record<ID, Presence>;
  typing?: { person: ID; thread?: number };
  read?: { person: ID; seq: number };
  item?: Item;
  held?: Held;
  alarm?: { item: Item; again?: boolean };
  delivery?: { message: ID; place: Place; tally: Partial<Record<DeliveryState, number>> };
  reach?: Reach;
  scheduled?: Scheduled;
}
