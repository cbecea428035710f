import { useEffect, useState } from "react";

/** Gives the focus back to what had it, when what has opened above the page is gone and nothing else has taken it. */
export function useFocusBack() {
  const [before] = useState(opener);
  useEffect(
    () => () => {
      if (!document.activeElement || document.activeElement === document.body)
        before?.focus({ preventScroll: true });
    },
    [before],
  );
}

/** An entry of a menu goes with it: then it is the button that opened the menu. */
function opener(): HTMLElement | null {
  const focused = document.activeElement as HTMLElement | null;
  const button = focused?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return button ? document.getElementById(button) : focused;
}
