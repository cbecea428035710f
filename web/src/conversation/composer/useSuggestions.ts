import { type RefObject, useState } from "react";
import { useRoom } from "../context";
import { type Suggestion, suggest, tokenAt } from "./completion";
import type { FieldHandle } from "./field";

/** What may follow the @, # or : before the caret: a list that the keys of the field go through. */
export function useSuggestions(field: RefObject<FieldHandle | null>) {
  const { boot, conversation } = useRoom();
  const [found, setFound] = useState<Suggestion[]>([]);
  const [at, setAt] = useState(0);
  const close = () => found.length && setFound([]);

  const look = async () => {
    const before = field.current?.before() ?? "";
    const token = tokenAt(before, before.length);
    if (!token) return close();
    const now = await suggest(token, boot, conversation);
    if (field.current?.before() !== before) return; // went on meanwhile
    setFound(now);
    setAt(0);
  };
  const take = (suggestion: Suggestion | undefined) => {
    const before = field.current?.before() ?? "";
    const token = tokenAt(before, before.length);
    close();
    if (token && suggestion) field.current?.replace(before.length - token.from, suggestion.insert);
  };
  /** True when the key was meant for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    const n = found.length;
    if (!n) return false;
    if (event.key === "ArrowDown") setAt((at + 1) % n);
    else if (event.key === "ArrowUp") setAt((at + n - 1) % n);
    else if (event.key === "Enter" || event.key === "Tab") take(found[at]);
    else if (event.key === "Escape") close();
    else return false;
    event.stopPropagation();
    return true;
  };
  return { found, at, look, take, close, onKey };
}
