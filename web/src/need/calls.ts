import { request } from "../api/client";
import type { Draft, FileInfo, ID, Message } from "../api/types";
import type { Deliveries, Every, Forecast, Need, Reminder, Scheduled } from "./types";

// What is asked of the server about needs, deliveries, and what is sent or said again later.

const at = (conversation: ID, seq: number) => `/conversations/${conversation}/messages/${seq}`;

export interface Later {
  conversation: ID;
  thread?: number;
  body: string;
  files?: ID[];
  need?: Need;
  by?: string;
  reason?: string;
  key?: string;
  at?: string;
  work?: boolean;
}

export const needs = {
  forecast: (
    body: { conversation: ID; thread?: number; need?: Need; by?: string; body: string },
    signal?: AbortSignal,
  ) => request<Forecast>("POST", "/forecast", { body, signal }),
  acknowledge: (conversation: ID, seq: number) =>
    request<Message>("PUT", `${at(conversation, seq)}/acknowledge`),
  vote: (conversation: ID, seq: number, option: number) =>
    request<Message>("PUT", `${at(conversation, seq)}/vote`, { body: { option } }),
  close: (conversation: ID, seq: number) => request<Message>("POST", `${at(conversation, seq)}/close`),
  withdraw: (conversation: ID, seq: number) =>
    request<Draft & { files?: FileInfo[] }>("POST", `${at(conversation, seq)}/withdraw`),
  deliveries: (conversation: ID, seq: number) =>
    request<Deliveries>("GET", `${at(conversation, seq)}/deliveries`),

  schedule: (body: Later) => request<Scheduled>("POST", "/scheduled", { body }),
  reschedule: (id: ID, body: Pick<Later, "at" | "work" | "need" | "by"> & { body?: string }) =>
    request<Scheduled>("PATCH", `/scheduled/${id}`, { body }),
  unschedule: (id: ID) => request<void>("DELETE", `/scheduled/${id}`),
  sendNow: (id: ID) => request<void>("POST", `/scheduled/${id}/send`),

  reminders: () => request<{ reminders: Reminder[] }>("GET", "/reminders").then(({ reminders }) => reminders),
  remind: (body: { conversation: ID; seq: number; at: string; every?: Every; note?: string }) =>
    request<Reminder>("POST", "/reminders", { body }),
  forget: (id: ID) => request<void>("DELETE", `/reminders/${id}`),
};
