import { notifyManager, QueryClient, useQuery } from "@tanstack/react-query";
import { api } from "../api/calls";
import { asProblem } from "../api/problem";
import type { Boot, Conversation, ID, Person, PersonGroup } from "../api/types";
import { serverSays } from "./clock";
import { kept } from "./kept";

// What the app knows, in one cache: ["boot"], ["timeline", conversation], ["thread", conversation, root] and what screens fetch
// for themselves. Events keep it current (events.ts), so nothing is fetched again because time has passed.

// What changes is shown at the end of the same task: a box that was ticked does not go back for a moment.
notifyManager.setScheduler(queueMicrotask);

export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
      structuralSharing: false, // events change only what they change; to compare ten thousand messages takes longer than a frame
      retry: (count, error) => asProblem(error).passing && count < 3,
    },
    mutations: { networkMode: "always" },
  },
});

export const keys = {
  boot: ["boot"] as const,
  timeline: (conversation: ID) => ["timeline", conversation] as const,
  thread: (conversation: ID, root: number) => ["thread", conversation, root] as const,
  members: (conversation: ID) => ["members", conversation] as const,
  pins: (conversation: ID) => ["pins", conversation] as const,
  saved: ["saved"] as const,
  asked: ["asked"] as const,
  catchUp: ["catch-up"] as const,
  reminders: ["reminders"] as const,
  forecast: ["forecast"] as const,
  deliveries: (message: ID) => ["deliveries", message] as const,
};

type Change = (boot: Boot) => Boot;

// What has changed while boot is on its way, for each that is: the answer may be older, so they are made on it too.
const onTheWay = new Set<Change[]>();

/** Boot from the server, or, without a connection, as it was kept when last seen. */
export const bootQuery = {
  queryKey: keys.boot,
  retry: false,
  queryFn: async () => {
    const changes: Change[] = [];
    onTheWay.add(changes);
    try {
      const answer = await told();
      const boot = changes.reduce((now, change) => change(now), answer);
      void kept.put("state", "boot", boot);
      return boot;
    } finally {
      onTheWay.delete(changes);
    }
  },
};

async function told(): Promise<Boot> {
  try {
    const boot = await api.boot();
    serverSays(boot.now);
    return boot;
  } catch (error) {
    if (asProblem(error).kind !== "offline") throw error;
    const last = await kept.get<Boot>("state", "boot");
    if (!last) throw error;
    return last;
  }
}

export const currentBoot = () => cache.getQueryData<Boot>(keys.boot);

export function changeBoot(change: Change) {
  for (const changes of onTheWay) changes.push(change);
  cache.setQueryData<Boot>(keys.boot, (boot) => boot && change(boot));
}

export function useBoot(): Boot {
  const { data } = useQuery(bootQuery);
  if (!data) throw new Error("useBoot outside the signed-in part of the app");
  return data;
}

const indexes = new WeakMap<readonly { id: ID }[], Map<ID, unknown>>();

function indexed<T extends { id: ID }>(list: readonly T[]): Map<ID, T> {
  let index = indexes.get(list) as Map<ID, T> | undefined;
  if (!index) {
    index = new Map(list.map((one) => [one.id, one]));
    indexes.set(list, index);
  }
  return index;
}

export const peopleOf = (boot: Boot): Map<ID, Person> => indexed(boot.people);
export const usePeople = () => peopleOf(useBoot());
export const useConversation = (id: ID): Conversation | undefined => indexed(useBoot().conversations).get(id);
export const groupsOf = (boot: Boot): Map<ID, PersonGroup> => indexed(boot.groups);

export function usePreferences() {
  return useBoot().preferences;
}

/** Changes preferences at once here, then on the server; takes them back when it refuses. */
export async function setPreferences(change: Boot["preferences"]) {
  const before = currentBoot()?.preferences;
  changeBoot((boot) => ({ ...boot, preferences: { ...boot.preferences, ...change } }));
  try {
    await api.setPreferences(change);
  } catch (error) {
    if (before) changeBoot((boot) => ({ ...boot, preferences: before }));
    throw error;
  }
}
