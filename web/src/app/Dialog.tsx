import { Modal } from "@mantine/core";
import { t } from "../text/text";
import { useFocusBack } from "./useFocusBack";

/** A dialog in the middle, or the whole of a phone's screen. Escape and a click beside it close. */
export function Dialog({ title, onClose, size = "md", children }: DialogProps) {
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      centered
      closeButtonProps={{ "aria-label": t("app.close") }}
      transitionProps={{ duration: 120 }}
      overlayProps={{ backgroundOpacity: 0.4 }}
      styles={{
        title: { fontWeight: 650 },
        content: { background: "var(--ground-raised)" },
        header: { background: "var(--ground-raised)" },
      }}
    >
      {children}
    </Modal>
  );
}

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: string;
  children: React.ReactNode;
}
