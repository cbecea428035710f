import { useEffect, useRef } from "react";
import type { FileInfo, ID } from "../api/types";
import type { Terms } from "./terms";

// The composers that are on the screen, the one that was used last first: the palette and "undo" mean that one.

export interface Current {
  conversation: ID;
  thread: number;
  open: (what: "need" | "when") => void;
  /** Puts something back that was written before. */
  giveBack: (given: GivenBack) => void;
}

export interface GivenBack {
  body: string;
  files: FileInfo[];
  terms?: Terms;
}

let here: { current: Current }[] = [];

export const current = (): Current | undefined => here[0]?.current;
export const composerOf = (conversation: ID, thread: number) =>
  here.find(({ current: one }) => one.conversation === conversation && one.thread === thread)?.current;

/** Registers a composer; the function returned says that it is used. */
export function useCurrent(one: Current, off: boolean) {
  const ref = useRef(one);
  ref.current = one;
  useEffect(() => {
    if (off) return;
    here = [ref, ...here];
    return () => {
      here = here.filter((other) => other !== ref);
    };
  }, [off]);
  return () => {
    if (here.includes(ref)) here = [ref, ...here.filter((other) => other !== ref)];
  };
}
