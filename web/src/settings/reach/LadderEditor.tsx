import { Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDeviceDesktop, IconGripVertical, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Rung, Way, WayState } from "../../api/types";
import { IconButton } from "../../app/Buttons";
import { say } from "../../live/announce";
import { t } from "../../text/text";
import { listNames } from "../../text/time";
import { inTime, moved, withAfter, withWay } from "./ladder";
import own from "./Reach.module.css";
import { afterText } from "./words";

const offered = [0, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480];

/** Ways, one after the other: put in order by dragging or with the buttons, each with how long it waits. */
export function LadderEditor({ label, ladder: all, ways, onLadder: onAll }: LadderEditorProps) {
  const [dragged, setDragged] = useState<number>();
  // What this server cannot do is kept for when it can, and not shown.
  const able = (rung: Rung) => ways.some(({ kind, configured }) => kind === rung.way && configured);
  const ladder = all.filter(able);
  const onLadder = (changed: Rung[]) => onAll(inTime([...changed, ...all.filter((rung) => !able(rung))]));
  const move = (from: number, to: number) => {
    onLadder(moved(ladder, from, to));
    say(t("reach.ladder.moved", { way: t(`reach.way.${ladder[from]!.way}`), n: to + 1 }));
  };
  const there = (kind: Way) => ways.find((way) => way.kind === kind);
  const more = ways.filter((way) => way.configured && !ladder.some((rung) => rung.way === way.kind));
  const absent = ways.filter((way) => !way.configured).map((way) => t(`reach.way.${way.kind}`));
  return (
    <>
      <ol className={own.ladder} aria-label={label}>
        <li className={own.rung} data-fixed>
          <IconDeviceDesktop size={18} stroke={1.7} aria-hidden />
          <span className={own.way}>
            <b>{t("reach.ladder.app")}</b>
            <small>{t("reach.ladder.app.more")}</small>
          </span>
        </li>
        {ladder.map((rung, index) => {
          const way = t(`reach.way.${rung.way}`);
          const known = there(rung.way);
          const times = [...new Set([...offered, rung.after])].sort((a, b) => a - b);
          return (
            <li
              key={rung.way}
              className={own.rung}
              draggable
              data-dragged={dragged === index || undefined}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                setDragged(index);
              }}
              onDragOver={(event) => dragged !== undefined && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== undefined && dragged !== index) move(dragged, index);
              }}
              onDragEnd={() => setDragged(undefined)}
            >
              <IconGripVertical size={18} stroke={1.7} aria-hidden className={own.grip} />
              <span className={own.way}>
                <b>{way}</b>
                {known?.values.length === 0 && (
                  <small>
                    {rung.way === "email" ? (
                      <Link to="/settings/$section" params={{ section: "security" }}>
                        {t("reach.way.email.missing")}
                      </Link>
                    ) : (
                      t(`reach.way.${rung.way}.missing`)
                    )}
                  </small>
                )}
              </span>
              <select
                value={rung.after}
                aria-label={t("reach.ladder.when", { way })}
                onChange={(event) => onLadder(withAfter(ladder, index, Number(event.currentTarget.value)))}
              >
                {times.map((minutes) => (
                  <option key={minutes} value={minutes}>
                    {afterText(minutes)}
                  </option>
                ))}
              </select>
              <span className={own.tools}>
                <IconButton
                  label={t("reach.ladder.up", { way })}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={17} />
                </IconButton>
                <IconButton
                  label={t("reach.ladder.down", { way })}
                  disabled={index === ladder.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={17} />
                </IconButton>
                <IconButton
                  label={t("reach.ladder.remove", { way })}
                  onClick={() => onLadder(ladder.filter((one) => one !== rung))}
                >
                  <IconX size={17} />
                </IconButton>
              </span>
            </li>
          );
        })}
      </ol>
      {ladder.length === 0 && <p className={own.soft}>{t("reach.ladder.none")}</p>}
      {more.length > 0 && (
        <div className={own.line}>
          {more.map(({ kind }) => (
            <Button key={kind} size="xs" variant="default" onClick={() => onLadder(withWay(ladder, kind))}>
              {t("reach.ladder.add", { way: t(`reach.way.${kind}`) })}
            </Button>
          ))}
        </div>
      )}
      {absent.length > 0 && <p className={own.soft}>{t("reach.ways.absent", { ways: listNames(absent) })}</p>}
    </>
  );
}

interface LadderEditorProps {
  label: string;
  ladder: Rung[];
  ways: WayState[];
  onLadder: (ladder: Rung[]) => void;
}
