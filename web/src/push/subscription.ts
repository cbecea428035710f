import { request } from "../api/client";
import type { ID } from "../api/types";
import { thisDevice } from "../enter/passkey";
import { store } from "../live/store";
import "../text/more";

// This browser as one that is told by Web Push.

export interface PushDevice {
  id: ID;
  name: string;
  created_at: string;
  last_used_at?: string;
  this?: boolean;
}

export const pushes = {
  list: () => request<{ key: string; devices: PushDevice[] }>("GET", "/push"),
  add: (subscription: PushSubscriptionJSON, name: string) =>
    request<PushDevice>("POST", "/push", {
      body: { endpoint: subscription.endpoint, keys: subscription.keys, name },
    }),
  remove: (id: ID) => request<void>("DELETE", `/push/${id}`),
  test: (id: ID) => request<void>("POST", `/push/${id}/test`),
};

export type PushState = "unsupported" | "denied" | "off" | "on";

/** How it stands with this browser; undefined: not known yet. */
export const pushState = store<PushState | undefined>(undefined);

export const canPush = () =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function registered() {
  return canPush() ? await navigator.serviceWorker.getRegistration() : undefined;
}

/** Looks how it stands. */
export async function lookAtPush(): Promise<PushState> {
  const registration = await registered();
  let state: PushState = "unsupported";
  if (registration) {
    const subscription = await registration.pushManager.getSubscription().catch(() => null);
    state = Notification.permission === "denied" ? "denied" : subscription ? "on" : "off";
  }
  pushState.set(() => state);
  return state;
}

/** Asks the person and the browser, and tells the server. */
export async function turnPushOn(): Promise<PushState> {
  const registration = await registered();
  if (!registration) return lookAtPush();
  if ((await Notification.requestPermission()) !== "granted") return lookAtPush();
  const { key } = await pushes.list();
  await subscribe(registration, key);
  return lookAtPush();
}

// What this browser has told the server: by it one sees whether that still holds.
const told = "push";
interface Told {
  device: ID;
  endpoint: string;
  key: string;
}
const toldOf = (): Told | undefined => JSON.parse(localStorage.getItem(told) ?? "null") ?? undefined;

async function subscribe(registration: ServiceWorkerRegistration, key: string) {
  const known = await registration.pushManager.getSubscription();
  if (known && keyOf(known) !== key) await known.unsubscribe(); // of another server, or of one that was set up anew
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  const { id } = await pushes.add(subscription.toJSON(), thisDevice());
  localStorage.setItem(
    told,
    JSON.stringify({ device: id, endpoint: subscription.endpoint, key } satisfies Told),
  );
}

function keyOf(subscription: PushSubscription): string {
  const key = subscription.options.applicationServerKey;
  if (!key) return "";
  return btoa(String.fromCharCode(...new Uint8Array(key)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Is told here no more. */
export async function turnPushOff(id?: ID) {
  const subscription = await (await registered())?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  localStorage.removeItem(told);
  if (id) await pushes.remove(id);
  return lookAtPush();
}

/** When the app is opened: what the browser knows and what the server knows are made the same again. */
export async function keepPush() {
  if (!canPush()) return;
  navigator.serviceWorker.addEventListener("message", (event: MessageEvent<{ resubscribe?: boolean }>) => {
    if (event.data?.resubscribe) void renew();
  });
  await renew();
}

// The server decides: what was removed there, or is somebody else's, ends here. What has only another address or key is told anew.
async function renew() {
  const mine = toldOf();
  const registration = await registered();
  if (!registration || Notification.permission !== "granted") return;
  const subscription = await registration.pushManager.getSubscription();
  if (!mine && !subscription) return;
  const { key, devices } = await pushes.list();
  if (!mine || !devices.some(({ id }) => id === mine.device)) {
    localStorage.removeItem(told);
    await subscription?.unsubscribe();
  } else if (subscription?.endpoint !== mine.endpoint || key !== mine.key) await subscribe(registration, key);
  await lookAtPush();
}
