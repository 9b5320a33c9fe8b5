import { askedFor } from "@/lib/reviews/answer";
import { askMoreInfoForm, decideReviewForm } from "@/lib/reviews/forms";
import type { Nested } from "./nested";

type Value = Nested[string];

const FIGURES = new Set([
  ...["percent", "lowPercent", "highPercent", "euroScoreII", "stsProm", "triScore", "clinicalFrailty"],
  ...["icuDays", "wardDays", "nearbyDaysLow", "nearbyDaysHigh"],
]);

/** Figures as numbers, wherever they stand; what is no number stays as typed and is refused at its field. */
function withFigures(value: Value, name = ""): unknown {
  if (typeof value === "string") {
    const figure = Number(value.replace(",", "."));
    return FIGURES.has(name) && !Number.isNaN(figure) ? figure : value;
  }
  if (Array.isArray(value)) return value.map((inner) => withFigures(inner, name));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFigures(inner, key)]));
}

function linesOf(value: Value | undefined): string[] {
  if (typeof value !== "string") return [];
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Ticked items of the checklist and what was written beside them, one request each. */
function requestsOf(typed: Nested): ({ item: string } | { text: string })[] {
  const { items, requests } = typed;
  const ticked = typeof items === "object" && !Array.isArray(items) ? Object.keys(items) : [];
  return [...ticked.map((item) => ({ item })), ...linesOf(requests).map((text) => ({ text }))];
}

export function readAskMore(typed: Nested) {
  return askMoreInfoForm.safeParse({ requests: requestsOf(typed) });
}

/** Conditions as typed: row by row, or one a line. */
function conditionsOf(typed: Nested[string] | undefined): unknown[] {
  return Array.isArray(typed) ? typed : linesOf(typed);
}

/** The answer form as typed, without what its verdict does not ask; figures with point or comma. */
export function readDecision(typed: Nested) {
  const asked = askedFor(typed);
  const { conditions, items: _items, requests: _requests, ...rest } = asked;
  const answer = withFigures(rest as Nested) as Record<string, unknown>;
  const wanted = requestsOf(asked as Nested);
  const named = conditionsOf(conditions);
  return decideReviewForm.safeParse({
    ...answer,
    ...(named.length > 0 ? { conditions: named } : {}),
    ...(wanted.length > 0 ? { requests: wanted } : {}),
  });
}
