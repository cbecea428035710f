// The service worker: the shell opens without a connection. Pages come from the network when there is one; hashed files
// never change and come from the cache; what the API says is never kept here.
const version = "__VERSION__";
const files = [
  /* FILES */
];
const name = `shell-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(["/", ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((one) => one !== name).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (/^\/(api|files|avatars|previews|hooks)\//.test(url.pathname)) return;
    event.respondWith(fetch(request).catch(() => caches.match("/", { cacheName: name })));
  } else if (url.pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request, { cacheName: name }).then((found) => found ?? fetch(request)));
  }
});

// Notifications (internal/mode/push/payload.go says what comes). Each conversation has one; what was seen elsewhere goes.
self.addEventListener("push", (event) => {
  event.waitUntil(told(event.data?.json() ?? {}));
});

async function told(news) {
  if (news.what === "close") {
    for (const shown of await registration.getNotifications())
      if (shown.data?.message === news.message) shown.close(); // not a newer one that has taken its place
    return;
  }
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const looking = pages.some(
    (page) => page.focused && new URL(page.url).pathname.startsWith(news.url?.replace(/\/\d+$/, "")),
  );
  if (looking && !news.urgent && news.what === "tell") return; // it is before their eyes
  await registration.showNotification(news.title ?? "Parley", {
    body: news.body,
    tag: news.tag,
    lang: news.lang,
    icon: "/icon-192.png",
    badge: "/icon-192.png",
    renotify: Boolean(news.tag), // it is another message, though it takes the place of one
    requireInteraction: Boolean(news.urgent),
    silent: false,
    data: { url: news.url ?? "/", message: news.message },
    actions: news.take ? [{ action: "acknowledge", title: news.take }] : [],
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url, message } = event.notification.data ?? {};
  event.waitUntil(event.action === "acknowledge" ? acknowledge(message) : open(url ?? "/"));
});

async function acknowledge(message) {
  const answer = await fetch(`/api/v1/inbox/${message}/acknowledge`, { method: "POST" }).catch(
    () => undefined,
  );
  if (!answer?.ok) await open("/inbox"); // say it where one sees what became of it
}

async function open(path) {
  const url = new URL(path, location.origin).href;
  for (const page of await clients.matchAll({ type: "window" })) {
    if (new URL(page.url).origin !== location.origin) continue;
    await page.focus().catch(() => undefined);
    page.postMessage({ open: path });
    return;
  }
  await clients.openWindow(url);
}

// The browser has given itself another address: the app takes it over when it is opened next (web/src/push/subscription.ts).
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(
    clients.matchAll({ type: "window" }).then((pages) => {
      for (const page of pages) page.postMessage({ resubscribe: true });
    }),
  );
});
