import type { ID, Member } from "../api/types";

/** Who, beside me, has read up to a message; who does not show it is never named. */
export const readers = (members: Member[], seq: number, me: ID): ID[] =>
  members.filter((m) => m.person !== me && (m.read_seq ?? 0) >= seq).map((m) => m.person);
