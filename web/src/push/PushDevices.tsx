import { Button } from "@mantine/core";
import { IconBell, IconDeviceDesktop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { attempt } from "../app/failures";
import { tell } from "../app/overlays";
import { cache } from "../live/data";
import { useStore } from "../live/store";
import { Part, Row } from "../settings/parts";
import styles from "../settings/Settings.module.css";
import { t } from "../text/text";
import { mediumTime } from "../text/time";
import { lookAtPush, type PushDevice, pushes, pushState, turnPushOff, turnPushOn } from "./subscription";

const key = ["push"];

/** The browsers in which I am told, and whether this is one of them. */
export function PushDevices() {
  const state = useStore(pushState);
  const { data } = useQuery({ queryKey: key, queryFn: pushes.list });
  useEffect(() => void lookAtPush(), []);
  const again = () => cache.invalidateQueries({ queryKey: key });
  const turn = (on: boolean) =>
    attempt(async () => {
      const here = data?.devices.find((one) => one.this);
      await (on ? turnPushOn() : turnPushOff(here?.id));
      await again();
    });
  return (
    <Part
      title={t("push.title")}
      more={t(
        state === "unsupported" ? "push.unsupported" : state === "denied" ? "push.denied" : "push.more",
      )}
      action={
        (state === "on" || state === "off") && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconBell size={16} />}
            onClick={() => void turn(state === "off")}
          >
            {t(state === "off" ? "push.on" : "push.off")}
          </Button>
        )
      }
    >
      {data && data.devices.length > 0 && (
        <ul className={styles.rows}>
          {data.devices.map((device) => (
            <DeviceRow key={device.id} device={device} again={again} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function DeviceRow({ device, again }: { device: PushDevice; again: () => Promise<void> }) {
  const name = device.name || t("push.browser");
  const test = () =>
    attempt(async () => {
      await pushes.test(device.id);
      tell({ text: t("push.tested", { name }) });
    });
  const remove = () =>
    attempt(async () => {
      await (device.this ? turnPushOff(device.id) : pushes.remove(device.id));
      await again();
    });
  return (
    <Row
      icon={<IconDeviceDesktop size={20} aria-hidden />}
      name={name}
      tag={device.this ? t("push.this") : undefined}
      more={
        device.last_used_at ? t("push.used", { when: mediumTime(device.last_used_at) }) : t("push.unused")
      }
    >
      <Button size="xs" variant="default" onClick={() => void test()} aria-label={t("push.testOf", { name })}>
        {t("push.test")}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        onClick={() => void remove()}
        aria-label={t("push.removeOf", { name })}
      >
        {t("push.remove")}
      </Button>
    </Row>
  );
}
