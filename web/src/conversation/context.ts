import { createContext, use } from "react";
import type { Boot, Conversation, Message, Person } from "../api/types";
import type { Reader } from "./body";

/** What every message of one open conversation needs to know. */
export interface Room {
  conversation: Conversation;
  boot: Boot;
  people: Map<string, Person>;
  groups: Set<string>;
  saved: Set<string>;
  thread?: number; // the pane shows only this thread
  reader: Reader; // for whom bodies are prepared
  nameOf: (id: string) => string;
  openThread: (root: number) => void;
  jump: (seq: number) => void;
  quote: (message: Message) => void;
  edit: (seq: number | undefined) => void;
}

export const RoomContext = createContext<Room | undefined>(undefined);

export function useRoom(): Room {
  const room = use(RoomContext);
  if (!room) throw new Error("useRoom outside a conversation");
  return room;
}
