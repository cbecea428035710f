import { Button } from "@mantine/core";
import { Dialog } from "../app/Dialog";
import { t } from "../text/text";
import styles from "./Form.module.css";
import { useSubmit, Wrong } from "./useSubmit";

/** Asks before something that cannot be undone, or that concerns others, and says what it means. */
export function Confirm({ title, children, yes, danger = true, work, onClose }: ConfirmProps) {
  const { busy, rest, submit } = useSubmit();
  return (
    <Dialog title={title} onClose={onClose} size="sm">
      <div className={styles.form}>
        <div>{children}</div>
        <Wrong text={rest} />
        <div className={styles.buttons}>
          <Button type="button" variant="default" data-autofocus onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button
            type="button"
            color={danger ? "red" : undefined}
            loading={busy}
            onClick={() => void submit(work).then((done) => done && onClose())}
          >
            {yes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

export interface ConfirmProps {
  title: string;
  children: React.ReactNode;
  yes: string;
  danger?: boolean;
  work: () => Promise<unknown>;
  onClose: () => void;
}
