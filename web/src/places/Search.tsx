import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { api } from "../api/calls";
import { problemText } from "../api/problem";
import { Empty, Loading } from "../app/Notices";
import { MessageCard } from "../conversation/MessageCard";
import { t } from "../text/text";
import { filtersOf, withFilter, withoutFilter } from "./filters";
import styles from "./Place.module.css";

const offered = [
  "from:@",
  "in:#",
  "has:file",
  "has:image",
  "has:link",
  "is:saved",
  "is:pinned",
  "is:thread",
  "after:",
  "before:",
];

/** Search while typing, over all that I may read. */
export function Search() {
  const { q = "" } = useSearch({ from: "/inside/search" });
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text !== q) void navigate({ to: "/search", search: text ? { q: text } : {}, replace: true });
    }, 180);
    return () => clearTimeout(timer);
  }, [text, q, navigate]);

  const query = useInfiniteQuery({
    queryKey: ["search", q.trim()],
    queryFn: ({ pageParam, signal }) =>
      api.search({ q: q.trim(), limit: 20, ...(pageParam ? { before: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => (last.more ? last.messages.at(-1)?.id : undefined),
    enabled: q.trim().length > 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
  const found = query.data?.pages.flatMap((page) => page.messages) ?? [];
  const words = useMemo(() => query.data?.pages[0]?.words ?? [], [query.data]);
  const add = (filter: string) => {
    setText(withFilter(text, filter));
    field.current?.focus();
  };
  return (
    <main className={styles.page}>
      <div className={styles.head}>
        <h1>{t("rail.search")}</h1>
      </div>
      <input
        ref={field}
        type="search"
        className={styles.search}
        value={text}
        autoFocus
        placeholder={t("search.hint")}
        aria-label={t("search.hint")}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.chips}>
        {filtersOf(text).map((filter) => (
          <button
            key={filter}
            type="button"
            className={styles.chip}
            data-on
            onClick={() => setText(withoutFilter(text, filter))}
          >
            {filter}
            <IconX size={13} aria-label={t("new.remove")} />
          </button>
        ))}
        {offered
          .filter((filter) => !filtersOf(text).includes(filter))
          .map((filter) => (
            <button key={filter} type="button" className={styles.chip} onClick={() => add(filter)}>
              {filter}
            </button>
          ))}
      </div>
      <p className="aloud" role="status">
        {q.trim() && !query.isFetching ? t("search.found", { n: found.length }) : ""}
      </p>
      {!q.trim() ? (
        <Empty title={t("search.start")}>
          <p>{t("search.start.more")}</p>
        </Empty>
      ) : query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <Empty title={problemText(query.error)} />
      ) : found.length === 0 ? (
        <Empty title={t("search.none")}>
          <p>{t("search.none.more")}</p>
        </Empty>
      ) : (
        <div className={styles.list}>
          {found.map((message) => (
            <MessageCard key={message.id} message={message} words={words} />
          ))}
          {query.hasNextPage && (
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t("search.more")}
            </Button>
          )}
        </div>
      )}
    </main>
  );
}
