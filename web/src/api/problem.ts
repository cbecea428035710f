import { lookup, t } from "../text/text";
import { duration } from "../text/time";

export type ProblemKind =
  | "invalid"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "limited"
  | "unavailable"
  | "unknown"
  | "offline"
  | "broken";

export interface FieldProblem {
  location: string;
  message: string;
  code?: string;
}

/** What went wrong, of one kind. `offline` never reached the server: the same request may be made again. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly detail = "",
    readonly fields: FieldProblem[] = [],
    readonly retryAfter = 0,
    readonly code = "",
  ) {
    super(`${kind}: ${detail}`);
  }

  /** Trying again may help, without changing anything. */
  get passing() {
    return this.kind === "offline" || this.kind === "unavailable" || this.kind === "limited";
  }

  /** For the person, in their language. */
  get text() {
    return problemText(this);
  }
}

const ofStatus: Record<number, ProblemKind> = {
  400: "invalid",
  401: "unknown",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  413: "invalid", // too large: trying again does not help
  422: "invalid",
  429: "limited",
  502: "offline",
  503: "unavailable",
  504: "offline",
};
const ofCode: Record<number, ProblemKind> = {
  1001: "unknown",
  1003: "forbidden",
  1004: "not-found",
  1009: "conflict",
  1022: "invalid",
  1029: "limited",
  1053: "unavailable",
};

/** The problem that an HTTP answer tells of (RFC 9457). */
export function problemOf(status: number, body: unknown, retryAfter?: string | null): Problem {
  const told = (body ?? {}) as {
    detail?: string;
    title?: string;
    code?: string;
    errors?: FieldProblem[] | null;
  };
  return new Problem(
    ofStatus[status] ?? "broken",
    told.detail ?? told.title ?? "",
    told.errors ?? [],
    Number(retryAfter ?? 0) || 0,
    told.code ?? "",
  );
}

/** The problem that an answer over the socket tells of; codes below 1000 are the connection's own. */
export function problemOfSocket(code: number, message: string): Problem {
  return new Problem(ofCode[code] ?? (code < 1000 ? "offline" : "broken"), message);
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError || error instanceof DOMException) return new Problem("offline");
  return new Problem("broken", String(error));
}

/** The words for a code, in the reader's language: those for this field, or for any; else what the server says in English. */
export function codeText(code: string | undefined, message: string, field = "") {
  const number = /\d+/.exec(message)?.[0] ?? ""; // "must have at most 80 characters"
  return (
    (code && (lookup(`code.${field}.${code}`, { n: number }) ?? lookup(`code.${code}`, { n: number }))) ||
    message
  );
}

/** The name of the field that a problem is about: "body.hours[2].from" is hours. */
export const fieldName = (location: string) => /^(?:\w+\.)?(\w+)/.exec(location)?.[1] ?? "";

const fieldText = (field: FieldProblem) => codeText(field.code, field.message, fieldName(field.location));

/** What is wrong with each field, and what remains to be said beside the form of these fields. */
export function fieldTexts(error: unknown, fields: readonly string[]) {
  const problem = asProblem(error);
  const at: Record<string, string> = {};
  let elsewhere = problem.fields.length === 0;
  for (const field of problem.fields) {
    const name = fieldName(field.location);
    if (fields.includes(name)) at[name] ??= fieldText(field);
    else elsewhere = true;
  }
  return { at, rest: elsewhere ? problemText(problem) : "" };
}

export function problemText(error: unknown): string {
  const problem = asProblem(error);
  if (problem.fields.length > 0) return [...new Set(problem.fields.map(fieldText))].join(" ");
  if (problem.kind === "limited" && problem.retryAfter > 0)
    return t("problem.limited.for", { time: duration(problem.retryAfter) });
  const known = lookup(`code.${problem.code}`, { n: "" });
  if (known) return known;
  if (problem.kind === "invalid") return t("problem.invalid", { detail: problem.detail });
  return t(`problem.${problem.kind}`);
}
