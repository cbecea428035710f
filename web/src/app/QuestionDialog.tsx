import { Button } from "@mantine/core";
import { t } from "../text/text";
import { Dialog } from "./Dialog";
import type { Question } from "./overlays";
import styles from "./QuestionDialog.module.css";

export function QuestionDialog({ question, answer }: { question: Question; answer: (yes: boolean) => void }) {
  return (
    <Dialog title={question.title} onClose={() => answer(false)} size="sm">
      <p>{question.text}</p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => answer(false)}>
          {t("app.cancel")}
        </Button>
        <Button data-autofocus color={question.dangerous ? "red" : undefined} onClick={() => answer(true)}>
          {question.yes}
        </Button>
      </div>
    </Dialog>
  );
}
