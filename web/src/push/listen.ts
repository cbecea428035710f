import { router } from "../app/routes";

// What the service worker says to an open page: a notification was touched.

/** Opens what a notification is about; and keeps this browser one that is told, if it is. */
export function listenForPush() {
  if (!("serviceWorker" in navigator)) return;
  const heard = ({ data }: MessageEvent<{ open?: string }>) => {
    if (data?.open?.startsWith("/")) router.history.push(data.open);
  };
  navigator.serviceWorker.addEventListener("message", heard);
  if ("Notification" in window && Notification.permission === "granted")
    void import("./subscription").then(({ keepPush }) => keepPush().catch(() => undefined)); // tried again when it is opened next
  return () => navigator.serviceWorker.removeEventListener("message", heard);
}
