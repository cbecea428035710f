import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/calls";
import type { Conversation } from "../api/types";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { Choices, TextArea, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { applyToBoot } from "../live/apply";
import { changeBoot, peopleOf, useBoot } from "../live/data";
import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";
import { manages } from "./ConversationDetails";
import styles from "./Details.module.css";

/** What a conversation is; its managers change it here. */
export function About({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const boot = useBoot();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<"archive" | "leave">();
  const may = manages(conversation, boot.me);
  const channel = conversation.kind === "channel";
  const maker = peopleOf(boot).get(conversation.created_by);
  const archived = Boolean(conversation.archived_at);

  const take = (changed: Conversation) =>
    changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: changed }));
  const archive = useSubmit();

  return (
    <>
      {may && !archived ? (
        <AboutForm key={conversation.version} conversation={conversation} />
      ) : (
        conversation.purpose && <p dir="auto">{conversation.purpose}</p>
      )}
      {archived && <p className={form.note}>{t("details.archived")}</p>}
      <dl className={styles.facts}>
        {channel && !(may && !archived) && (
          <div>
            <dt>{t("details.visibility")}</dt>
            <dd>{t(conversation.visibility === "public" ? "new.private.no" : "new.private.yes")}</dd>
          </div>
        )}
        <div>
          <dt>{t("details.made")}</dt>
          <dd title={exactTime(conversation.created_at)}>
            {maker
              ? t("details.made.by", { name: maker.name, time: mediumTime(conversation.created_at) })
              : mediumTime(conversation.created_at)}
          </dd>
        </div>
      </dl>
      <Wrong text={archive.rest} />
      {channel && (may || conversation.me) && (
        <div className={styles.danger}>
          {conversation.me && (
            <Button variant="default" onClick={() => setAsked("leave")}>
              {t("details.leave")}
            </Button>
          )}
          {may && (
            <Button
              variant="default"
              loading={archive.busy}
              onClick={() =>
                archived
                  ? void archive.submit(async () =>
                      take(await api.changeConversation(conversation.id, { archived: false })),
                    )
                  : setAsked("archive")
              }
            >
              {t(archived ? "details.unarchive" : "details.archive")}
            </Button>
          )}
        </div>
      )}
      {asked === "archive" && (
        <Confirm
          title={t("details.archive.title", { name: conversation.name ?? "" })}
          yes={t("details.archive")}
          danger={false}
          onClose={() => setAsked(undefined)}
          work={async () => take(await api.changeConversation(conversation.id, { archived: true }))}
        >
          {t("details.archive.more")}
        </Confirm>
      )}
      {asked === "leave" && (
        <Confirm
          title={t("details.leave.title", { name: conversation.name ?? "" })}
          yes={t("details.leave")}
          onClose={() => setAsked(undefined)}
          work={async () => {
            await api.leave(conversation.id);
            onClose();
            await navigate({ to: "/" });
            changeBoot((now) => applyToBoot(now, { type: "gone", gone: conversation.id }));
          }}
        >
          {t(conversation.visibility === "public" ? "details.leave.public" : "details.leave.private")}
        </Confirm>
      )}
    </>
  );
}

function AboutForm({ conversation }: { conversation: Conversation }) {
  const [name, setName] = useState(conversation.name ?? "");
  const [purpose, setPurpose] = useState(conversation.purpose ?? "");
  const [visibility, setVisibility] = useState(conversation.visibility);
  const { busy, at, rest, submit, form: ref } = useSubmit(["name", "purpose", "visibility"]);
  const [opening, setOpening] = useState(false);
  const changed =
    name !== (conversation.name ?? "") ||
    purpose !== (conversation.purpose ?? "") ||
    visibility !== conversation.visibility;

  const write = async () => {
    const made = await api.changeConversation(conversation.id, {
      name: name === conversation.name ? undefined : name,
      purpose: purpose === (conversation.purpose ?? "") ? undefined : purpose,
      visibility: visibility === conversation.visibility ? undefined : visibility,
    });
    changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: made }));
  };
  const opens = visibility === "public" && conversation.visibility === "private";

  return (
    <form
      ref={ref}
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (opens) setOpening(true);
        else void submit(write);
      }}
    >
      <TextField
        label={t("new.name")}
        value={name}
        onText={setName}
        problem={at.name}
        maxLength={80}
        required
      />
      <TextArea
        label={t("new.purpose")}
        value={purpose}
        onText={setPurpose}
        problem={at.purpose}
        maxLength={500}
        rows={2}
      />
      <Choices
        label={t("details.visibility")}
        value={visibility}
        onValue={setVisibility}
        options={[
          { value: "public", label: t("details.public"), more: t("new.private.no") },
          { value: "private", label: t("new.private"), more: t("new.private.yes") },
        ]}
      />
      <Wrong text={rest} />
      {changed && (
        <div className={form.buttons}>
          <Button type="submit" loading={busy}>
            {t("app.save")}
          </Button>
        </div>
      )}
      {opening && (
        <Confirm
          title={t("details.publish.title")}
          yes={t("details.publish")}
          onClose={() => setOpening(false)}
          work={write}
        >
          {t("details.publish.more")}
        </Confirm>
      )}
    </form>
  );
}
