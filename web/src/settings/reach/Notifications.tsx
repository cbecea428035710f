import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ring } from "../../alarm/sound";
import { problemText } from "../../api/problem";
import { reachApi } from "../../api/reach";
import type { Reach, WayState } from "../../api/types";
import { attempt } from "../../app/failures";
import { Empty, Loading } from "../../app/Notices";
import form from "../../form/Form.module.css";
import { CheckField, SelectField } from "../../form/fields";
import { PeoplePicker } from "../../list/PeoplePicker";
import { setPreferences, useBoot, usePeople, usePreferences } from "../../live/data";
import { useMinute } from "../../live/now";
import { PushDevices } from "../../push/PushDevices";
import { t } from "../../text/text";
import { Part } from "../parts";
import styles from "../Settings.module.css";
import { changeReach, useReach } from "./data";
import { LadderEditor } from "./LadderEditor";
import { says } from "./words";

/** By which ways I hear of what, and who may break through. */
export function Notifications() {
  const query = useQuery({ queryKey: ["reach", "ways"], queryFn: reachApi.ways, staleTime: 0 });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Empty title={problemText(query.error)} />;
  return <Ways ways={query.data} />;
}

const set = (
  change: Partial<Pick<Reach, "ladder" | "alarm" | "digest" | "levels" | "through" | "deputies">>,
) => void attempt(() => changeReach(change));

function Ways({ ways }: { ways: WayState[] }) {
  const { me } = useBoot();
  const people = usePeople();
  const reach = useReach();
  const now = useMinute();
  const { alarm_sound: sound } = usePreferences();
  const { levels, through } = reach;
  const bots = [...people.values()].filter(({ kind }) => kind === "bot").map(({ id }) => id);
  const mail = ways.some(({ kind, configured }) => kind === "email" && configured);
  const sentences = says(reach, me, ways, (id) => people.get(id)?.name ?? t("person.unknown"), now);
  return (
    <>
      <Part title={t("reach.says")}>
        <div className={form.note} aria-live="polite">
          {sentences.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
      </Part>
      <Part title={t("reach.ladder")} more={t("reach.ladder.more")}>
        <LadderEditor
          label={t("reach.ladder")}
          ladder={reach.ladder}
          ways={ways}
          onLadder={(ladder) => set({ ladder })}
        />
      </Part>
      <Part title={t("reach.alarm")} more={t("reach.alarm.more")}>
        <LadderEditor
          label={t("reach.alarm")}
          ladder={reach.alarm}
          ways={ways}
          onLadder={(alarm) => set({ alarm })}
        />
        <CheckField
          label={t("reach.sound")}
          more={t("reach.sound.more")}
          checked={sound !== false}
          onCheck={(on) => void attempt(() => setPreferences({ alarm_sound: on }))}
        />
        <div>
          <Button size="xs" variant="default" onClick={() => void ring()}>
            {t("reach.sound.try")}
          </Button>
        </div>
      </Part>
      <Part title={t("reach.through")} more={t("reach.through.more")}>
        <div className={styles.two}>
          {(["waking", "quiet"] as const).map((when) => (
            <SelectField
              key={when}
              label={t(`reach.through.${when}`)}
              value={through[when]}
              onValue={(who) => set({ through: { ...through, [when]: who } })}
              options={(["everyone", "people", "nobody"] as const).map((value) => ({
                value,
                label: t(`reach.through.${value}`),
              }))}
            />
          ))}
        </div>
        {(through.waking === "people" || through.quiet === "people") && (
          <PeoplePicker
            label={t("reach.through.who")}
            chosen={through.people}
            onChange={(chosen) => set({ through: { ...through, people: chosen } })}
            without={[me.id]}
            folded
          />
        )}
      </Part>
      <Part title={t("reach.deputies")} more={t("reach.deputies.more")}>
        <PeoplePicker
          label={t("reach.deputies.who")}
          chosen={reach.deputies}
          onChange={(deputies) => set({ deputies })}
          max={5}
          without={[me.id, ...bots]}
          folded
        />
      </Part>
      <Part title={t("reach.levels")} more={t("reach.levels.more")}>
        <div className={styles.two}>
          {(["direct", "group", "channel"] as const).map((kind) => (
            <SelectField
              key={kind}
              label={t(`reach.levels.${kind}`)}
              value={levels[kind]}
              onValue={(level) => set({ levels: { ...levels, [kind]: level } })}
              options={(["all", "mentions", "nothing"] as const).map((value) => ({
                value,
                label: t(`details.level.${value}`),
              }))}
            />
          ))}
        </div>
      </Part>
      <PushDevices />
      <Part>
        <CheckField
          label={t("reach.digest")}
          more={mail ? t("reach.digest.more") : t("reach.digest.cannot")}
          checked={mail && reach.digest}
          disabled={!mail}
          onCheck={(digest) => set({ digest })}
        />
      </Part>
    </>
  );
}
