import { IconAlertCircle, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { thumbURL } from "../api/calls";
import { asProblem, problemText } from "../api/problem";
import type { FileInfo } from "../api/types";
import { tell } from "../app/overlays";
import { t } from "../text/text";
import { fileSize } from "../text/time";
import styles from "./FileList.module.css";
import { maxFile, maxFiles, upload } from "./upload";

interface Item {
  id: number;
  name: string;
  size: number;
  part: number;
  picture?: string;
  done?: FileInfo;
  problem?: string;
  file?: File;
  cancel?: AbortController;
}

export interface Uploads {
  items: Item[];
  done: FileInfo[];
  busy: boolean;
  add: (files: File[]) => void;
  remove: (id: number) => void;
  again: (id: number) => void;
  /** Takes up files that the server has already. */
  restore: (files: FileInfo[]) => void;
  clear: () => void;
}

let next = 1;

/** The files of one message that is being written. */
export function useUploads(begun: FileInfo[]): Uploads {
  const [items, setItems] = useState<Item[]>(() => begun.map(itemOf));
  const current = useRef(items);
  current.current = items;
  useEffect(
    () => () => {
      for (const item of current.current) {
        item.cancel?.abort();
        if (item.picture) URL.revokeObjectURL(item.picture);
      }
    },
    [],
  );
  const patch = (id: number, change: Partial<Item>) =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, ...change } : item)));

  const start = (item: Item) => {
    const cancel = new AbortController();
    patch(item.id, { cancel, problem: undefined, part: 0 });
    upload(item.file!, (part) => patch(item.id, { part }), cancel.signal).then(
      (done) => patch(item.id, { done, part: 1, cancel: undefined }),
      (error: unknown) => {
        if (!cancel.signal.aborted)
          patch(item.id, { problem: problemText(asProblem(error)), cancel: undefined });
      },
    );
  };
  return {
    items,
    done: items.flatMap((item) => item.done ?? []),
    busy: items.some((item) => !item.done && !item.problem),
    add: (files) => {
      const room = maxFiles - current.current.length;
      if (files.length > room) tell({ text: t("file.tooMany", { n: maxFiles }), bad: true });
      for (const file of files.slice(0, Math.max(0, room))) {
        if (file.size > maxFile) {
          tell({ text: t("file.tooLarge", { name: file.name, size: fileSize(maxFile) }), bad: true });
          continue;
        }
        const item: Item = {
          id: next++,
          name: file.name,
          size: file.size,
          part: 0,
          file,
          picture: /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)
            ? URL.createObjectURL(file)
            : undefined,
        };
        setItems((now) => [...now, item]);
        start(item);
      }
    },
    remove: (id) => {
      const item = current.current.find((one) => one.id === id);
      item?.cancel?.abort();
      if (item?.picture) URL.revokeObjectURL(item.picture);
      setItems((now) => now.filter((one) => one.id !== id));
    },
    again: (id) => {
      const item = current.current.find((one) => one.id === id);
      if (item?.file) start(item);
    },
    restore: (files) => setItems((now) => [...now, ...files.map(itemOf)]),
    clear: () => setItems([]),
  };
}

const itemOf = (file: FileInfo): Item => ({
  id: next++,
  name: file.name,
  size: file.size,
  part: 1,
  done: file,
});

export function FileList({ uploads }: { uploads: Uploads }) {
  if (uploads.items.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("file.list")}>
      {uploads.items.map((item) => (
        <li key={item.id} data-problem={!!item.problem || undefined}>
          {item.picture ? (
            <img src={item.picture} alt="" />
          ) : item.done?.thumb ? (
            <img src={thumbURL(item.done)} alt="" />
          ) : null}
          <span className={styles.about}>
            <span className={styles.name} dir="auto">
              {item.name}
            </span>
            {item.problem ? (
              <small role="alert">
                <IconAlertCircle size={12} aria-hidden /> {item.problem}{" "}
                <button type="button" onClick={() => uploads.again(item.id)}>
                  {t("app.retry")}
                </button>
              </small>
            ) : item.done ? (
              <small>{fileSize(item.size)}</small>
            ) : (
              <progress value={item.part} aria-label={t("file.progress", { name: item.name })} />
            )}
          </span>
          <button
            type="button"
            className={styles.remove}
            aria-label={t(item.done || item.problem ? "file.remove" : "file.cancel", { name: item.name })}
            onClick={() => uploads.remove(item.id)}
          >
            <IconX size={14} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
