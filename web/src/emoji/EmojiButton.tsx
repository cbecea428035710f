import { lazy, Suspense, useRef, useState } from "react";

const EmojiPopover = lazy(() => import("./EmojiPopover").then((m) => ({ default: m.EmojiPopover })));

/** A button that opens the choice of emoji; what that needs is loaded when first asked for. */
export function EmojiButton({ className, label, onChoose, children }: EmojiButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      <Suspense>
        {open && button.current && (
          <EmojiPopover at={button.current} onChoose={onChoose} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </>
  );
}

interface EmojiButtonProps {
  className?: string;
  label: string;
  onChoose: (char: string) => void;
  children: React.ReactNode;
}
