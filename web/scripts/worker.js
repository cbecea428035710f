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
