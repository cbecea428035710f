import { request } from "./client";
import type { Reach, WayState } from "./types";

// How I want to be reached.

export const reachApi = {
  /** `back`: the leave is over. */
  change: (change: Partial<Omit<Reach, "focus" | "version">> & { back?: true }) =>
    request<Reach>("PATCH", "/reach", { body: change }),
  focus: (until: Date) => request<Reach>("PUT", "/reach/focus", { body: { until: until.toISOString() } }),
  endFocus: () => request<void>("DELETE", "/reach/focus"),
  ways: () => request<{ ways: WayState[] }>("GET", "/reach/ways").then((found) => found.ways),
};
