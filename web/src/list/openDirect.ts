import type { UseNavigateResult } from "@tanstack/react-router";
import { api } from "../api/calls";
import type { ID } from "../api/types";
import { attempt } from "../app/failures";
import { applyToBoot } from "../live/apply";
import { changeBoot, currentBoot } from "../live/data";

/** Opens the conversation with one person; makes it when there is none. */
export async function openDirect(person: ID, navigate: UseNavigateResult<string>) {
  const boot = currentBoot();
  const known = boot?.conversations.find((c) => {
    if (c.kind !== "direct") return false;
    const rest = (c.people ?? []).filter((id) => id !== boot.me.id);
    return person === boot.me.id ? rest.length === 0 : rest.length === 1 && rest[0] === person;
  });
  if (known) {
    await navigate({ to: "/c/$conversation", params: { conversation: known.id } });
    return;
  }
  await attempt(async () => {
    const made = await api.createConversation({ kind: "direct", visibility: "private", people: [person] });
    changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: made }));
    await navigate({ to: "/c/$conversation", params: { conversation: made.id } });
  });
}
