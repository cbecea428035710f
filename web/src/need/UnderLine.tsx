import "../text/more";
import type { ID } from "../api/types";
import { usePeople } from "../live/data";
import { useMinute } from "../live/now";
import { t } from "../text/text";
import { exactTime } from "../text/time";
import { forecastText, useForecast } from "./forecast";
import { soon, there } from "./say";
import type { Terms } from "./terms";

/** One line that says how what is being written will reach whom it is for. */
export function UnderLine({ conversation, thread, terms, body, other }: UnderLineProps) {
  const people = usePeople();
  const now = useMinute();
  const forecast = useForecast(conversation, thread, terms, body, !terms.at);
  if (terms.at) {
    const beside = other && there(terms.at, other);
    const time = soon(terms.at, now);
    return (
      <time dateTime={terms.at} title={exactTime(terms.at)}>
        {t("later.line", { time: beside ? t("need.both", { time, other: beside }) : time })}
      </time>
    );
  }
  if (!forecast) return null;
  const text = forecastText(forecast, {
    need: terms.need,
    nameOf: (id) => people.get(id)?.name ?? t("person.unknown"),
    zoneOf: (id) => people.get(id)?.zone,
    now,
  });
  return <span title={text}>{text}</span>;
}

interface UnderLineProps {
  conversation: ID;
  thread: number;
  terms: Terms;
  body: string;
  other?: string; // the zone of the one it is said to
}
