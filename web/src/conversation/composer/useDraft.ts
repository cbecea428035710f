import { type RefObject, useEffect, useRef } from "react";
import type { FileInfo } from "../../api/types";
import { useBoot } from "../../live/data";
import { draftOf, keepDraft } from "../drafts";

/** Keeps what is begun, and takes over what another device has gone on writing. Returns whether something was written here. */
export function useDraft({ conversation, thread, body, setBody, files, box, off }: Writing) {
  const { drafts } = useBoot();
  const touched = useRef(false);
  useEffect(() => {
    void drafts;
    if (off) return;
    const { current } = box;
    const takeOver = () => {
      if (current?.contains(document.activeElement)) return; // when one is gone from the field
      touched.current = false;
      setBody(draftOf(conversation, thread).body);
    };
    takeOver();
    const soon = () => setTimeout(takeOver);
    current?.addEventListener("focusout", soon);
    return () => current?.removeEventListener("focusout", soon);
  }, [drafts, conversation, thread, off, box, setBody]);

  // Only for what has changed here: a draft that is told again would come back after it was sent elsewhere.
  const now = useRef(files);
  now.current = files;
  const fileIDs = files.map((file) => file.id).join();
  useEffect(() => {
    void fileIDs;
    if (!off && touched.current) keepDraft({ conversation, thread, body, files: now.current });
  }, [body, fileIDs, conversation, thread, off]);
  return touched;
}

interface Writing {
  conversation: string;
  thread: number;
  body: string;
  setBody: (body: string) => void;
  files: FileInfo[];
  box: RefObject<HTMLElement | null>;
  off: boolean; // a message is edited, which is nobody's draft
}
