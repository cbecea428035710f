import { soon } from "../need/say";
import type { Delivery, DeliveryState, DeliveryStep, Tally } from "../need/types";
import { lookup, t } from "../text/text";

// How far a message has come, in words.

const count = (tally: Tally, ...states: DeliveryState[]) =>
  states.reduce((sum, state) => sum + (tally[state] ?? 0), 0);

/** For the author, all deliveries together: "told", "seen", "3 of 5 answered". */
export function tallyText(tally: Tally, wanted: boolean): string {
  const all = Object.values(tally).reduce((sum, n) => sum + n, 0) - count(tally, "withdrawn");
  if (all === 0) return "";
  const answered = count(tally, "answered", "acknowledged");
  const seen = answered + count(tally, "seen");
  const told = seen + count(tally, "told");
  const missed = count(tally, "missed");
  if (all === 1) {
    const state = (["acknowledged", "answered", "missed", "seen", "told"] as const).find((one) => tally[one]);
    return t(`delivery.${state ?? "waiting"}`);
  }
  const main =
    answered || (wanted && seen === all)
      ? t("delivery.someAnswered", { n: answered, of: all })
      : seen
        ? t("delivery.someSeen", { n: seen, of: all })
        : told
          ? t("delivery.someTold", { n: told, of: all })
          : t("delivery.waiting");
  return missed ? `${main} · ${t("delivery.someMissed", { n: missed })}` : main;
}

/** How far it has come to one person: "told, 14:03" or "waits until 09:00". */
export function stateText({ state, at, next }: Delivery, now = new Date()): string {
  if (state === "waiting" && next) return t("delivery.waitsUntil", { time: soon(next, now) });
  return t("delivery.stateAt", { state: t(`delivery.${state}`), time: soon(at, now) });
}

/** What a step is, and why: in words that hold before and after. */
export function stepText({ what, way, deputy }: DeliveryStep, nameOf: (id: string) => string): string {
  if (what === "ask") return t("trace.ask", { name: deputy ? nameOf(deputy) : "" });
  if (what === "show" || what === "report") return t(`trace.${what}`);
  return t(`trace.${what}`, { way: t(`way.${way ?? "app"}`) });
}

export const whyText = (why: string) => lookup(`why.${why}`, {}) ?? "";

/** "14:03", with the day when it is another. */
export const stepTime = (step: DeliveryStep, now = new Date()) => soon(step.done_at ?? step.at, now);
