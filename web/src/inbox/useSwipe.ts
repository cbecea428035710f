import { type RefObject, useRef, useState } from "react";

const far = 88; // pixels after which it counts

/** To be swiped by a finger: forwards is done, backwards is for later. Its buttons do the same. */
export function useSwipe(
  element: RefObject<HTMLElement | null>,
  on: { done: () => void; later: () => void },
) {
  const [side, setSide] = useState<"done" | "later">();
  const from = useRef<{ x: number; y: number; by: number }>(undefined);

  const shift = (by: number) => {
    if (element.current) element.current.style.translate = by ? `${by}px 0` : "";
    setSide(by === 0 ? undefined : by > 0 === (document.dir !== "rtl") ? "done" : "later");
  };
  const end = () => {
    const moved = from.current?.by ?? 0;
    from.current = undefined;
    shift(0);
    if (Math.abs(moved) < far) return;
    // When the touch has ended: a browser that loses what is touched takes no other tap.
    setTimeout(moved > 0 === (document.dir !== "rtl") ? on.done : on.later);
  };

  return {
    side,
    handlers: {
      onTouchStart: (event: React.TouchEvent) => {
        const touch = event.touches[0];
        if (event.touches.length > 1 || (event.target as HTMLElement).closest("textarea")) return;
        from.current = { x: touch!.clientX, y: touch!.clientY, by: 0 };
      },
      onTouchMove: (event: React.TouchEvent) => {
        const start = from.current;
        const touch = event.touches[0];
        if (!start || !touch) return;
        const by = touch.clientX - start.x;
        // Only what is clearly sideways; up and down is the page's.
        if (start.by === 0 && Math.abs(by) < 12 + Math.abs(touch.clientY - start.y)) return;
        start.by = by;
        shift(by);
      },
      onTouchEnd: end,
      onTouchCancel: () => {
        from.current = undefined;
        shift(0);
      },
    },
  };
}
