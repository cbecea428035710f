import { currentTime } from "../live/clock";
import "@mantine/core/styles/ScrollArea.layer.css";
import "@mantine/core/styles/Combobox.layer.css";
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { fold } from "../app/match";
import { t } from "../text/text";
import { clock } from "../text/time";
import { zoneChoices } from "./zones";

/** A time zone, found by typing a city; below it the time there, by which one sees that it is right. */
export function ZoneField({ label, value, onValue, problem }: ZoneProps) {
  const choices = useMemo(() => zoneChoices(value), [value]);
  let now = "";
  try {
    now = clock(currentTime(), value);
  } catch {
    // a zone that only the server knows
  }
  return (
    <Select
      label={label}
      data={choices}
      value={value}
      onChange={(chosen) => chosen && onValue(chosen)}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      limit={60}
      maxDropdownHeight={260}
      nothingFoundMessage={t("form.zone.none")}
      description={now && t("form.zone.now", { time: now })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={problem}
      filter={({ options, search }) =>
        options.filter((option) =>
          fold(search)
            .split(/[\s/_]+/)
            .every((word) => "label" in option && fold(option.label).includes(word)),
        )
      }
      comboboxProps={{ withinPortal: true, zIndex: 400 }}
      styles={{
        label: { fontSize: "var(--size-small)", fontWeight: 600, marginBlockEnd: "var(--space-1)" },
        input: {
          minBlockSize: "2.5rem",
          fontSize: "1rem",
          background: "var(--ground)",
          borderColor: "var(--line-strong)",
        },
        description: {
          fontSize: "var(--size-small)",
          color: "var(--text-soft)",
          marginBlockStart: "var(--space-1)",
        },
      }}
    />
  );
}

interface ZoneProps {
  label: string;
  value: string;
  onValue: (zone: string) => void;
  problem?: string;
}
