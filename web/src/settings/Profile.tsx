import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { Avatar } from "../app/Avatar";
import { overlay } from "../app/overlays";
import form from "../form/Form.module.css";
import { TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { ZoneField } from "../form/ZoneField";
import { useBoot } from "../live/data";
import { StatusLine } from "../people/PersonCard";
import { t } from "../text/text";
import { changeMe, setPicture } from "./me";
import { Part } from "./parts";
import styles from "./Settings.module.css";

/** What others see of me. */
export function Profile() {
  const { me } = useBoot();
  const [name, setName] = useState(me.name);
  const [handle, setHandle] = useState(me.handle);
  const [title, setTitle] = useState(me.title ?? "");
  const [zone, setZone] = useState(me.zone);
  const { busy, at, rest, submit, form: ref } = useSubmit(["name", "handle", "title", "zone"]);
  const [saved, setSaved] = useState(false);
  const changed = name !== me.name || handle !== me.handle || title !== (me.title ?? "") || zone !== me.zone;

  const save = () =>
    submit(async () => {
      await changeMe({
        name,
        handle: handle === me.handle ? undefined : handle,
        title,
        zone,
      });
      setSaved(true);
    });

  return (
    <>
      <Part>
        <Picture />
      </Part>
      <Part
        title={t("status.title")}
        action={
          <Button size="xs" variant="default" onClick={() => overlay.set({ kind: "status" })}>
            {t(me.status ? "status.change" : "status.set")}
          </Button>
        }
      >
        {me.status && (
          <p>
            <StatusLine person={me} />
          </p>
        )}
      </Part>
      <form
        ref={ref}
        className={form.form}
        onChange={() => setSaved(false)}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className={styles.two}>
          <TextField
            label={t("enter.name")}
            value={name}
            onText={setName}
            problem={at.name}
            autoComplete="name"
            maxLength={80}
            required
          />
          <TextField
            label={t("profile.handle")}
            hint={t("profile.handle.hint", { handle: handle || me.handle })}
            value={handle}
            dir="ltr"
            onText={(text) => setHandle(text.toLowerCase())}
            problem={at.handle}
            autoCapitalize="off"
            spellCheck={false}
            maxLength={32}
            required
          />
        </div>
        <TextField
          label={t("profile.title")}
          hint={t("profile.title.hint")}
          value={title}
          onText={setTitle}
          problem={at.title}
          autoComplete="organization-title"
          maxLength={100}
        />
        <ZoneField label={t("enter.zone")} value={zone} onValue={setZone} problem={at.zone} />
        <Wrong text={rest} />
        <div className={styles.save}>
          <span role="status">
            {saved && !changed ? t("settings.saved") : changed ? t("settings.unsaved") : ""}
          </span>
          <Button type="submit" loading={busy} disabled={!changed}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </>
  );
}

function Picture() {
  const { me } = useBoot();
  const file = useRef<HTMLInputElement>(null);
  const { busy, rest, submit, problem } = useSubmit([]);
  return (
    <>
      <div className={styles.picture}>
        <Avatar person={me} size={84} />
        <div className={styles.pictureButtons}>
          <Button variant="default" loading={busy} onClick={() => file.current?.click()}>
            {t(me.avatar ? "profile.picture.change" : "profile.picture.choose")}
          </Button>
          {me.avatar && (
            <Button
              variant="subtle"
              color="gray"
              disabled={busy}
              onClick={() => void submit(() => setPicture(undefined))}
            >
              {t("profile.picture.remove")}
            </Button>
          )}
          <input
            ref={file}
            type="file"
            hidden
            accept="image/png,image/jpeg,image/gif,image/webp"
            onChange={(event) => {
              const chosen = event.currentTarget.files?.[0];
              event.currentTarget.value = "";
              if (chosen) void submit(() => setPicture(chosen));
            }}
          />
        </div>
      </div>
      <p className={styles.more}>{t("profile.picture.more")}</p>
      <Wrong
        text={problem?.retryAfter === 0 && problem.kind === "limited" ? t("profile.picture.large") : rest}
      />
    </>
  );
}
