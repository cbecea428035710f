import "../text/more";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { accounts, type Offer } from "../api/accounts";
import { asProblem, fieldName } from "../api/problem";
import { Loading } from "../app/Notices";
import form from "../form/Form.module.css";
import { HoursEditor } from "../form/HoursEditor";
import { useSubmit, Wrong } from "../form/useSubmit";
import { fromWeek, weekProblems } from "../form/week";
import { ZoneField } from "../form/ZoneField";
import { language, t } from "../text/text";
import { AccountFields } from "./AccountFields";
import { useDraft, useTokenOfLink } from "./draft";
import styles from "./Enter.module.css";
import { DeadEnd, EnterPage, Steps } from "./EnterPage";
import { land } from "./land";
import { canPasskey } from "./passkey";
import { SecureStep } from "./SecureStep";
import { LandButton } from "./Setup";

const order = ["you", "hours"] as const;
type Step = (typeof order)[number] | "secure" | "in";

/** An invitation: who invites, to what; then an account, one's hours, and the conversation. */
export function Join() {
  const token = useTokenOfLink();
  return <Invitation key={token} token={token} />;
}

function Invitation({ token }: { token: string }) {
  const { draft, change, password, setPassword, forget } = useDraft(`join.${token.slice(0, 8)}`, "you");
  const [offer, setOffer] = useState<Offer>();
  const [failed, setFailed] = useState<unknown>();
  const [fresh, setFresh] = useState(false);
  const send = useSubmit(["name", "email", "password", "zone", "hours"]);
  const step = draft.step as Step;
  const entered = step === "secure" || step === "in";

  useEffect(() => {
    if (!token || entered) return;
    accounts.offer(token).then(setOffer, setFailed);
  }, [token, entered]);

  if (step === "secure")
    return (
      <EnterPage title={t("enter.secure.title")}>
        <SecureStep begin={fresh} onDone={() => change({ step: "in" })} />
      </EnterPage>
    );
  if (step === "in")
    return (
      <EnterPage
        title={t("join.in", { name: draft.name.split(" ")[0] ?? draft.name })}
        lead={t("join.in.more")}
      >
        <LandButton
          onLand={async () => {
            await land();
            forget();
          }}
        />
      </EnterPage>
    );
  if (!token || (failed && asProblem(failed).kind === "not-found"))
    return (
      <DeadEnd title={t("join.dead")}>
        <p>{t("join.dead.more")}</p>
      </DeadEnd>
    );
  if (failed)
    return (
      <EnterPage title={t("join.title.short")}>
        <Wrong text={asProblem(failed).text} />
        <Button onClick={() => location.reload()}>{t("app.retry")}</Button>
      </EnterPage>
    );
  if (!offer) return <Loading />;

  const accept = async () => {
    const passkey = draft.way === "passkey" && canPasskey();
    const done = await send.submit(() =>
      accounts.accept(token, {
        name: draft.name,
        email: draft.email.trim(),
        password: passkey ? undefined : password,
        zone: draft.zone,
        language: language(),
        hours: fromWeek(draft.week),
      }),
    );
    if (!done) {
      // What the server refuses may belong to the step before: go there.
      const wrong = send.latest.current?.fields.map((field) => fieldName(field.location)) ?? [];
      if (wrong.some((field) => ["name", "email", "password"].includes(field))) change({ step: "you" });
      return;
    }
    setPassword("");
    setFresh(true);
    change({ step: passkey ? "secure" : "in" });
    if (!passkey) await land().then(forget, () => {});
  };

  return (
    <EnterPage
      title={step === "you" ? t("join.title", { organisation: offer.organisation }) : t("setup.hours.title")}
      lead={
        step === "you"
          ? t(offer.role === "guest" ? "join.lead.guest" : `join.lead.${offer.role}`, {
              name: offer.invited_by,
            })
          : t("setup.hours.lead")
      }
      wide={step === "hours"}
    >
      <Steps names={order.map((one) => t(`setup.step.${one}`))} at={order.indexOf(step)} />
      <form
        key={step}
        ref={send.form}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (step === "you") return change({ step: "hours" });
          if (weekProblems(draft.week).some(Boolean)) return;
          if (draft.way === "password" && !password) return change({ step: "you" }); // gone with a reload
          void accept();
        }}
      >
        {step === "you" ? (
          <AccountFields
            draft={draft}
            change={change}
            password={password}
            setPassword={setPassword}
            at={send.at}
          />
        ) : (
          <>
            <ZoneField
              label={t("enter.zone")}
              value={draft.zone}
              onValue={(zone) => change({ zone })}
              problem={send.at.zone}
            />
            <HoursEditor week={draft.week} onWeek={(week) => change({ week })} />
          </>
        )}
        {send.rest && <Wrong text={send.rest} />}
        <div className={styles.buttons}>
          <Button type="submit" size="md" loading={send.busy}>
            {step === "you" ? t("enter.next") : t("join.enter", { organisation: offer.organisation })}
          </Button>
          {step === "hours" && (
            <Button
              type="button"
              size="md"
              variant="subtle"
              color="gray"
              onClick={() => change({ step: "you" })}
            >
              {t("app.back")}
            </Button>
          )}
        </div>
      </form>
    </EnterPage>
  );
}
