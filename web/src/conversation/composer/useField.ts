import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useStore } from "../../live/store";
import type { FieldHandle, FieldProps } from "./field";
import { loadRichField, loadRichFieldWhenIdle, richField } from "./richField";

/** Which of the two fields is shown, and where the one before left off. */
export function useField(
  wanted: "rich" | "plain",
  field: RefObject<FieldHandle | null>,
  box: RefObject<HTMLElement | null>,
) {
  const Rich = useStore(richField);
  const [shown, setShown] = useState<{ kind: "rich" | "plain"; start?: FieldProps["start"] }>(() => ({
    kind: wanted === "rich" && Rich ? "rich" : "plain",
  }));
  const first = useRef(wanted);
  useEffect(() => {
    const { current } = box;
    if (wanted !== "rich" || Rich) return;
    if (current?.contains(document.activeElement)) loadRichField();
    current?.addEventListener("focusin", loadRichField);
    const callOff = loadRichFieldWhenIdle();
    return () => {
      current?.removeEventListener("focusin", loadRichField);
      callOff();
    };
  }, [wanted, Rich, box]);

  useEffect(() => {
    if (shown.kind === wanted || (wanted === "rich" && !Rich)) return;
    let over = false;
    // At once: what is typed between looking where the caret stands and showing the other field would move it.
    const swap = () =>
      queueMicrotask(() => {
        if (over) return;
        const [from, to] = field.current?.selection() ?? [0, 0];
        const focused = !!box.current?.contains(document.activeElement);
        flushSync(() => setShown({ kind: wanted, start: { from, to, focused } }));
      });
    // Not unasked under somebody's fingers: a keyboard on the screen would close, an unfinished character be lost.
    const busy = () =>
      composing ||
      (wanted === first.current &&
        matchMedia("(hover: none)").matches &&
        !!box.current?.contains(document.activeElement));
    if (!busy()) {
      swap();
      return () => {
        over = true;
      };
    }
    const later = () => {
      if (!busy()) swap();
    };
    const { current } = box;
    const soon = () => setTimeout(later);
    current?.addEventListener("focusout", soon);
    current?.addEventListener("compositionend", soon);
    return () => {
      over = true;
      current?.removeEventListener("focusout", soon);
      current?.removeEventListener("compositionend", soon);
    };
  }, [shown, wanted, Rich, field, box]);

  return { Rich: shown.kind === "rich" ? Rich : undefined, start: shown.start };
}

// Whether a character is being put together anywhere on the page.
let composing = false;
globalThis.document?.addEventListener("compositionstart", () => {
  composing = true;
});
globalThis.document?.addEventListener("compositionend", () => {
  composing = false;
});
