// What outlives a reload and works without a connection: IndexedDB, one database, three drawers.
// When the browser refuses (private windows), nothing is kept and everything else works.

type Drawer = "state" | "outbox" | "drafts";

let opened: Promise<IDBDatabase | undefined> | undefined;

function database(): Promise<IDBDatabase | undefined> {
  opened ??= new Promise((resolve) => {
    if (typeof indexedDB === "undefined") return resolve(undefined);
    const request = indexedDB.open("parley", 1);
    request.onupgradeneeded = () => {
      for (const drawer of ["state", "outbox", "drafts"]) request.result.createObjectStore(drawer);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
    request.onblocked = () => resolve(undefined);
  });
  return opened;
}

async function run<T>(
  drawer: Drawer,
  mode: IDBTransactionMode,
  work: (drawer: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  const db = await database();
  if (!db) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = db.transaction(drawer, mode);
      const request = work(transaction.objectStore(drawer));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => resolve(undefined);
      transaction.onabort = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

export const kept = {
  get: <T>(drawer: Drawer, key: string) =>
    run(drawer, "readonly", (d) => d.get(key)) as Promise<T | undefined>,
  all: async <T>(drawer: Drawer) => ((await run(drawer, "readonly", (d) => d.getAll())) ?? []) as T[],
  put: (drawer: Drawer, key: string, value: unknown) => run(drawer, "readwrite", (d) => d.put(value, key)),
  remove: (drawer: Drawer, key: string) => run(drawer, "readwrite", (d) => d.delete(key)),
  async clear() {
    for (const drawer of ["state", "outbox", "drafts"] as const)
      await run(drawer, "readwrite", (d) => d.clear());
  },
};
