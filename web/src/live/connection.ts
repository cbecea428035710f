import type { Centrifuge, Subscription } from "centrifuge";
import { Problem, problemOfSocket } from "../api/problem";
import type { Event, ID, Message, Post, Presence } from "../api/types";
import { cache, keys } from "./data";
import { conversationEvent, ownEvent, refetchBoot } from "./events";
import { joined, unheard } from "./heard";
import { presence } from "./presence";
import { store } from "./store";

// The socket. My own stream comes by itself; a conversation's stream is followed while it is open. Whatever the library
// says it has recovered, the state functions take each (conversation, seq, change) once; where recovery is not certain
// the page is fetched again.

export type ConnectionState = "connecting" | "connected" | "offline";
export const connection = store<ConnectionState>("connecting");

/** The server's words for a session that has ended: hung up on, or not taken any more. */
const over = [4501, 1001];

let client: Centrifuge | undefined;
let wasConnected = false;
const followed = new Map<string, { subscription: Subscription; count: number }>();
const onConnected = new Set<() => void>();

export const whenConnected = (listener: () => void) => {
  onConnected.add(listener);
  return () => onConnected.delete(listener);
};

export async function connect() {
  if (client) return;
  const { Centrifuge } = await import("centrifuge");
  if (client) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  client = new Centrifuge(`${scheme}://${location.host}/api/v1/socket`, {
    // With full jitter, so that a restarted server is not asked by everybody at once.
    minReconnectDelay: 300 + Math.random() * 700,
    maxReconnectDelay: 15_000 + Math.random() * 5_000,
    timeout: 10_000,
  });
  client.on("connected", () => {
    connection.set("connected");
    // My own stream keeps nothing, and what boot knows is older than this connection, also when it is the first one:
    // fetched again, spread over a second for the server's sake.
    setTimeout(refetchBoot, Math.random() * 1000);
    wasConnected = true;
    if (watched.size) void watch([...watched]);
    for (const listener of onConnected) listener();
  });
  client.on("connecting", () => connection.set(wasConnected || !navigator.onLine ? "offline" : "connecting"));
  client.on("error", () => {
    if (connection.get() === "connecting") connection.set("offline");
  });
  client.on("disconnected", ({ code }) => {
    connection.set("offline");
    if (over.includes(code)) location.assign("/signin");
  });
  client.on("publication", ({ data }) => ownEvent(data as Event));
  client.connect();
}

export function disconnect() {
  client?.disconnect();
  client = undefined;
  wasConnected = false;
  followed.clear();
}

/** Follows a conversation until the returned function is called. */
export function follow(conversation: ID): () => void {
  let ended = false;
  void connect().then(() => {
    if (ended || !client) return;
    const entry = followed.get(conversation);
    if (entry) {
      entry.count++;
      return;
    }
    const subscription =
      client.getSubscription(`c:${conversation}`) ??
      client.newSubscription(`c:${conversation}`, { recoverable: true, positioned: true });
    followed.set(conversation, { subscription, count: 1 });
    subscription.on("publication", ({ data }) => conversationEvent(conversation, data as Event));
    subscription.on("subscribed", (context) => {
      const offset = context.streamPosition?.offset ?? 0;
      joined(conversation, offset);
      // Who comes and reads is told without an offset, so it is not among what is recovered.
      if (context.wasRecovering) void cache.invalidateQueries({ queryKey: keys.members(conversation) });
      if (context.recovered) return; // what was missed follows as events
      // A page that is on its way is held against the offset when it comes (heard.ts).
      const timeline = cache.getQueryData<{ lastChange: number }>(keys.timeline(conversation));
      if (context.wasRecovering || (timeline && timeline.lastChange < offset)) refetch(conversation);
    });
    subscription.on("unsubscribed", ({ code }) => {
      if (code === 103) void refetchBoot(); // permission denied
    });
    subscription.subscribe();
  });
  return () => {
    ended = true;
    const entry = followed.get(conversation);
    if (!entry || --entry.count > 0) return;
    followed.delete(conversation);
    entry.subscription.unsubscribe();
    entry.subscription.removeAllListeners();
    client?.removeSubscription(entry.subscription);
    unheard(conversation);
    void cache.invalidateQueries({ queryKey: keys.timeline(conversation), refetchType: "none" });
    void cache.invalidateQueries({ queryKey: ["thread", conversation], refetchType: "none" });
  };
}

// What the page and the stream do not have in common is fetched.
function refetch(conversation: ID) {
  void cache.invalidateQueries({ queryKey: keys.timeline(conversation) });
  void cache.invalidateQueries({ queryKey: ["thread", conversation] });
  void cache.invalidateQueries({ queryKey: keys.pins(conversation) });
}

async function rpc<T>(method: string, data: unknown): Promise<T> {
  if (!client || connection.get() !== "connected") throw new Problem("offline");
  try {
    return (await client.rpc(method, data)).data as T;
  } catch (error) {
    const told = error as { code?: number; message?: string };
    throw problemOfSocket(told.code ?? 0, told.message ?? "");
  }
}

export const postLive = (conversation: ID, post: Post) => rpc<Message>("post", { conversation, ...post });

const typingEvery = 3000;
let lastTyping = { where: "", at: 0 };

/** Tells that I am writing, at most every three seconds. */
export function tellTyping(conversation: ID, thread: number) {
  const where = `${conversation}/${thread}`;
  if (lastTyping.where === where && Date.now() - lastTyping.at < typingEvery) return;
  lastTyping = { where, at: Date.now() };
  void rpc("typing", { conversation, ...(thread ? { thread } : {}) }).catch(() => undefined);
}

const watched = new Set<ID>();

/** Asks to be told who of these is there. */
export async function watch(people: ID[]) {
  for (const id of people) watched.add(id);
  try {
    const told = await rpc<{ presence: Record<ID, Presence> }>("watch", { people: [...watched].slice(-200) });
    presence.set((now) => ({ ...now, ...told.presence }));
  } catch {
    // Asked again when connected.
  }
}

export const tellActive = (state: "active" | "away") => void rpc("active", { state }).catch(() => undefined);
