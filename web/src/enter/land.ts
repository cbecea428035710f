import { api } from "../api/calls";

/** Leaves the door for the app, anew, so that nothing of a former person remains: into the conversation that moved last. */
export async function land() {
  const boot = await api.boot();
  const first = boot.conversations[0];
  location.assign(first ? `/c/${first.id}` : "/");
}
