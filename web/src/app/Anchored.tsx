import { Popover } from "@mantine/core";
import { useEffect, useState } from "react";
import styles from "./Anchored.module.css";
import { useFocusBack } from "./useFocusBack";

/** Something small that opens beside an element, takes the focus, and gives it back. Escape or a click elsewhere closes it. */
export function Anchored({ at, label, onClose, children }: AnchoredProps) {
  useFocusBack();
  const [box, setBox] = useState(() => at.getBoundingClientRect());
  useEffect(() => {
    const onResize = () => setBox(at.getBoundingClientRect());
    addEventListener("resize", onResize);
    return () => removeEventListener("resize", onResize);
  }, [at]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && onClose(); // wherever the focus has gone
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <Popover
      opened
      withRoles={false}
      onDismiss={onClose}
      onChange={(shown) => !shown && onClose()}
      trapFocus
      withinPortal
      hideDetached={false} // it stays though the window has become narrower
      position="bottom-start"
      transitionProps={{ duration: 80 }}
    >
      <Popover.Target>
        <span
          className={styles.anchor}
          style={{ top: box.top, left: box.left, width: box.width, height: box.height }}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.panel} role="dialog" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

interface AnchoredProps {
  at: Element;
  label: string;
  onClose: () => void;
  children: React.ReactNode;
}
