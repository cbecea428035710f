import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ID } from "../api/types";
import { keys } from "../live/data";
import { t } from "../text/text";
import { clock, differs, listNames } from "../text/time";
import { needs } from "./calls";
import { soon, there } from "./say";
import type { Terms } from "./terms";
import type { Forecast, ForecastFor } from "./types";

// How a message that is still being written would reach its recipients: asked of the server, said in one line.

const pause = 300;
const fresh = 60_000;

/** Asks again when the need or who is named has changed, and now and then as time passes. Silent when the server is. */
export function useForecast(conversation: ID, thread: number, { need, by }: Terms, body: string, on = true) {
  const latest = useRef(body);
  latest.current = body;
  const named = [...new Set(body.match(/@[\p{L}\p{N}._+-]+/gu))].sort().join(" ");
  const settled = useSettled(JSON.stringify({ need, by, named }));
  const query = useQuery({
    queryKey: [...keys.forecast, conversation, thread, settled],
    queryFn: ({ signal }) =>
      needs.forecast(
        { conversation, ...(thread ? { thread } : {}), need, by, body: latest.current.slice(0, 10_000) },
        signal,
      ),
    enabled: on,
    staleTime: fresh / 2,
    gcTime: fresh,
    refetchInterval: fresh,
    retry: false,
    placeholderData: keepPreviousData,
  });
  return query.isError ? undefined : query.data;
}

/** The value once it has stayed the same for a moment; the first one at once. */
function useSettled(value: string) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export interface Said {
  need: Terms["need"];
  nameOf: (person: ID) => string;
  zoneOf: (person: ID) => string | undefined;
  now: Date;
}

/** The line: "Bo: 02:14 there, reads it about 09:00; urgent would ring now." or "12 now, 20 find it." */
export function forecastText(forecast: Forecast, said: Said): string {
  if (forecast.total === 0) return "";
  if (forecast.total <= 2 && forecast.people.length === forecast.total)
    return forecast.people.map((one) => personText(one, said)).join(" ");
  const parts: string[] = [];
  if (forecast.now) parts.push(t("forecast.now", { n: forecast.now }));
  if (forecast.later) {
    const first = forecast.people.find((one) => one.at && !atOnce(one.at, said.now));
    const when = [
      first && t("forecast.first", { name: said.nameOf(first.person), time: soon(first.at!, said.now) }),
      forecast.later > 1 && forecast.last && t("forecast.last", { time: soon(forecast.last, said.now) }),
    ].filter(Boolean);
    parts.push(t("forecast.later", { n: forecast.later }) + (when.length ? ` (${when.join(", ")})` : ""));
  }
  if (forecast.quiet) parts.push(t("forecast.quiet", { n: forecast.quiet }));
  const away = forecast.people.filter((one) => one.leave).map((one) => said.nameOf(one.person));
  return `${parts.join(", ")}.${away.length ? ` ${t("forecast.awaySome", { names: listNames(away) })}` : ""}`;
}

const atOnce = (at: string, now: Date) => Date.parse(at) - now.getTime() < 90_000;

function personText(one: ForecastFor, said: Said): string {
  const name = said.nameOf(one.person);
  const zone = said.zoneOf(one.person);
  const parts: string[] = [];
  if (zone && differs(zone, said.now)) parts.push(t("need.there", { time: clock(said.now, zone) }));
  if (one.leave) {
    const { to, deputy } = one.leave;
    parts.push(
      deputy
        ? t("forecast.awayDeputy", { time: soon(to, said.now), name: said.nameOf(deputy) })
        : t("forecast.away", { time: soon(to, said.now) }),
    );
  }
  const now = one.at && atOnce(one.at, said.now);
  if (said.need === "urgent" && !now) parts.push(t("forecast.closed"));
  parts.push(how(one, said, zone));
  const rings = said.need !== "urgent" && !now && one.urgent && atOnce(one.urgent, said.now);
  return `${name}: ${parts.join(", ")}${rings ? `; ${t("forecast.urgentNow")}` : ""}.`;
}

function how({ at, way }: ForecastFor, { need, now }: Said, zone?: string): string {
  if (!at) return t("forecast.finds");
  if (!atOnce(at, now)) {
    const other = zone && there(at, zone);
    const time = soon(at, now);
    return t("forecast.reads", { time: other ? t("need.both", { time, other }) : time });
  }
  if (need === "urgent") return t("forecast.rings");
  if (!way || way === "app") return t("forecast.sees");
  return t("forecast.told", { way: t(`way.${way}`) });
}
