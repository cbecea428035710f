import "../text/more";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { accounts } from "../api/accounts";
import { asProblem, fieldName } from "../api/problem";
import { Loading } from "../app/Notices";
import form from "../form/Form.module.css";
import { TextField } from "../form/fields";
import { HoursEditor } from "../form/HoursEditor";
import { useSubmit, Wrong } from "../form/useSubmit";
import { fromWeek, weekProblems } from "../form/week";
import { ZoneField } from "../form/ZoneField";
import { InviteForm } from "../people/InviteForm";
import { language, t } from "../text/text";
import { AccountFields } from "./AccountFields";
import { useDraft, useTokenOfLink } from "./draft";
import styles from "./Enter.module.css";
import { DeadEnd, EnterPage, Steps } from "./EnterPage";
import { land } from "./land";
import { canPasskey } from "./passkey";
import { SecureStep } from "./SecureStep";

type State = "loading" | "open" | "done" | { error: unknown };
const order = ["you", "organisation", "hours", "invite"] as const;
type Step = (typeof order)[number] | "secure";

/** The first start: who opens the link of the terminal becomes the owner. */
export function Setup() {
  const token = useTokenOfLink();
  return <FirstStart key={token} token={token} />;
}

function FirstStart({ token }: { token: string }) {
  const { draft, change, password, setPassword, forget } = useDraft(`setup.${token.slice(0, 8)}`, "you");
  const [state, setState] = useState<State>("loading");
  const [organisation, setOrganisation] = useState("");
  const [fresh, setFresh] = useState(false);
  const send = useSubmit(["name", "email", "password", "organisation", "zone", "hours"]);
  const step = draft.step as Step;
  const entered = step === "secure" || step === "invite";

  useEffect(() => {
    accounts.setup().then(
      ({ needed, organisation = "" }) => {
        setOrganisation(organisation);
        setState(needed || entered ? "open" : "done");
      },
      (error) => setState({ error }),
    );
  }, [entered]);

  if (state === "loading") return <Loading />;
  if (state === "done")
    return (
      <DeadEnd title={t("setup.done")}>
        <p>{organisation ? t("setup.done.more", { organisation }) : t("setup.done.who")}</p>
      </DeadEnd>
    );
  if (state !== "open")
    return (
      <EnterPage title={t("setup.title")}>
        <Wrong text={asProblem(state.error).text} />
        <Button onClick={() => location.reload()}>{t("app.retry")}</Button>
      </EnterPage>
    );
  if (!token && !entered)
    return (
      <EnterPage title={t("setup.noLink")} lead={t("setup.noLink.more")}>
        <pre className={styles.lead}>parley serve</pre>
      </EnterPage>
    );

  const found = async () => {
    const passkey = draft.way === "passkey" && canPasskey();
    const done = await send.submit(() =>
      accounts.found({
        token,
        organisation: draft.organisation,
        name: draft.name,
        email: draft.email.trim(),
        password: passkey ? undefined : password,
        zone: draft.zone,
        language: language(),
        hours: fromWeek(draft.week),
      }),
    );
    const wrong = send.latest.current?.fields.map((field) => fieldName(field.location)) ?? [];
    // What the server refuses may belong to an earlier step: go there.
    if (!done) change({ step: stepOf(wrong) ?? step });
    else {
      setFresh(true);
      setPassword("");
      change({ step: passkey ? "secure" : "invite" });
    }
  };

  const next = async () => {
    if (step === "you") return change({ step: "organisation" });
    if (step === "organisation") return change({ step: "hours" });
    if (draft.way === "password" && !password) return change({ step: "you" }); // gone with a reload
    await found();
  };

  const titles: Record<Step, string> = {
    you: t("setup.title"),
    organisation: t("setup.organisation.title"),
    hours: t("setup.hours.title"),
    secure: t("enter.secure.title"),
    invite: t("setup.invite.title"),
  };
  const leads: Record<Step, string> = {
    you: t("setup.lead"),
    organisation: t("setup.organisation.lead"),
    hours: t("setup.hours.lead"),
    secure: "",
    invite: t("setup.invite.lead"),
  };
  const names = order.map((one) => t(`setup.step.${one}`));
  const bar = <Steps names={names} at={step === "secure" ? 2 : order.indexOf(step)} />;

  if (step === "secure")
    return (
      <EnterPage title={titles.secure}>
        {bar}
        <SecureStep begin={fresh} onDone={() => change({ step: "invite" })} />
      </EnterPage>
    );

  if (step === "invite")
    return (
      <EnterPage title={titles.invite} lead={leads.invite} wide>
        {bar}
        <InviteForm me="owner" uses={25} />
        <LandButton
          onLand={async () => {
            await land();
            forget();
          }}
        />
      </EnterPage>
    );

  return (
    <EnterPage title={titles[step]} lead={leads[step]} wide={step === "hours"}>
      {bar}
      <form
        key={step}
        ref={send.form}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (step === "hours" && weekProblems(draft.week).some(Boolean)) return;
          void next();
        }}
      >
        {step === "you" && (
          <AccountFields
            draft={draft}
            change={change}
            password={password}
            setPassword={setPassword}
            at={send.at}
          />
        )}
        {step === "organisation" && (
          <>
            <TextField
              label={t("setup.organisation.name")}
              value={draft.organisation}
              onText={(text) => change({ organisation: text })}
              problem={send.at.organisation}
              autoComplete="organization"
              maxLength={80}
              required
              autoFocus
            />
            <ZoneField
              label={t("enter.zone")}
              value={draft.zone}
              onValue={(zone) => change({ zone })}
              problem={send.at.zone}
            />
          </>
        )}
        {step === "hours" && <HoursEditor week={draft.week} onWeek={(week) => change({ week })} />}
        {send.rest && <Wrong text={send.rest} />}
        {send.problem?.code === "link_used" && <p>{t("setup.linkUsed.more")}</p>}
        <div className={styles.buttons}>
          <Button type="submit" size="md" loading={send.busy}>
            {t(step === "hours" ? "setup.make" : "enter.next")}
          </Button>
          {step !== "you" && (
            <Button
              type="button"
              size="md"
              variant="subtle"
              color="gray"
              onClick={() => change({ step: order[order.indexOf(step) - 1] })}
            >
              {t("app.back")}
            </Button>
          )}
        </div>
      </form>
    </EnterPage>
  );
}

function stepOf(fields: string[]): (typeof order)[number] | undefined {
  if (fields.some((field) => ["name", "email", "password"].includes(field))) return "you";
  if (fields.some((field) => ["organisation", "zone"].includes(field))) return "organisation";
  return fields.length ? "hours" : undefined;
}

/** The last button: into the first conversation. */
export function LandButton({ onLand = land }: { onLand?: () => Promise<void> }) {
  const { busy, rest, submit } = useSubmit();
  return (
    <>
      <Wrong text={rest} />
      <Button size="md" loading={busy} onClick={() => void submit(onLand)}>
        {t("enter.land")}
      </Button>
    </>
  );
}
