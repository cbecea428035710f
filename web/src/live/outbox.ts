import { api } from "../api/calls";
import { asProblem, type Problem } from "../api/problem";
import type { FileInfo, ID, Message, Post } from "../api/types";
import { connection, postLive, whenConnected } from "./connection";
import { messageArrived } from "./events";
import { kept } from "./kept";
import { store } from "./store";

// What I have said and the server has not yet confirmed. Kept on this device until then, sent in order for each conversation,
// and exactly once: the key makes a second attempt harmless.

export interface Waiting {
  key: string;
  author: ID;
  conversation: ID;
  thread?: number;
  body: string;
  files: FileInfo[];
  need?: Post["need"];
  by?: string;
  reason?: string;
  decision?: Post["decision"];
  at: number;
  problem?: { kind: Problem["kind"]; detail: string };
}

export const outbox = store<Waiting[]>([]);
const busy = new Set<ID>();
let timer: ReturnType<typeof setTimeout> | undefined;
let pause = 1000;
let listening = false;

/** Takes up what a former visit has left. */
export async function openOutbox(me: ID) {
  const left = (await kept.all<Waiting>("outbox")).filter((waiting) => waiting.author === me);
  outbox.set((now) =>
    [...left.filter((w) => !now.some((n) => n.key === w.key)), ...now].sort((a, b) => a.at - b.at),
  );
  if (!listening) {
    listening = true;
    whenConnected(() => {
      pause = 1000;
      pump();
    });
  }
  pump();
}

export function send(waiting: Omit<Waiting, "key" | "at">): Waiting {
  const made: Waiting = { ...waiting, key: crypto.randomUUID(), at: Date.now() };
  outbox.set((now) => [...now, made]);
  void kept.put("outbox", made.key, made);
  pump();
  return made;
}

// Those that were handed to the server in this visit, the newest.
const flights = new Map<string, Promise<Message>>();

/** What the server has made of it, when what is on its way has come there; nothing of what has not gone out. */
export const sentAs = (key: string): Promise<Message | undefined> =>
  flights.get(key)?.catch(() => undefined) ?? Promise.resolve(undefined);

/** Sends again what had failed. */
export function sendAgain(key: string) {
  outbox.set((now) => now.map((w) => (w.key === key ? { ...w, problem: undefined } : w)));
  pump();
}

export function discard(key: string) {
  outbox.set((now) => now.filter((w) => w.key !== key));
  void kept.remove("outbox", key);
}

/** The server has it. */
export function arrived(key: string) {
  if (outbox.get().some((w) => w.key === key)) discard(key);
}

function pump() {
  for (const conversation of new Set(outbox.get().map((w) => w.conversation))) void work(conversation);
}

async function work(conversation: ID) {
  if (busy.has(conversation)) return;
  busy.add(conversation);
  try {
    for (;;) {
      const next = outbox.get().find((w) => w.conversation === conversation && !w.problem);
      if (!next) return;
      try {
        const flight = attempt(next);
        if (flights.size > 20) flights.clear();
        flights.set(next.key, flight);
        const message = await flight;
        pause = 1000;
        arrived(next.key);
        messageArrived(message);
      } catch (error) {
        const problem = asProblem(error);
        if (problem.passing || problem.kind === "unknown") {
          later(problem.retryAfter * 1000);
          return;
        }
        const failed = { ...next, problem: { kind: problem.kind, detail: problem.detail } };
        outbox.set((now) => now.map((w) => (w.key === next.key ? failed : w)));
        void kept.put("outbox", next.key, failed);
      }
    }
  } finally {
    busy.delete(conversation);
  }
}

function attempt(waiting: Waiting): Promise<Message> {
  const { body, key, need, by, reason, decision } = waiting;
  const post = {
    body,
    key,
    ...(need ? { need, by, reason, decision } : {}),
    ...(waiting.thread ? { thread: waiting.thread } : {}),
    ...(waiting.files.length ? { files: waiting.files.map((file) => file.id) } : {}),
  };
  // The socket takes 64 KB in one piece; a long text goes the other way.
  return connection.get() === "connected" && post.body.length < 15_000
    ? postLive(waiting.conversation, post)
    : api.post(waiting.conversation, post);
}

function later(atLeast: number) {
  if (timer) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      pause = Math.min(pause * 2, 30_000);
      pump();
    },
    Math.max(atLeast, pause * (0.5 + Math.random() / 2)),
  );
}
