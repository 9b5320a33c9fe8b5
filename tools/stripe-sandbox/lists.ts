import { invalidRequest, missing } from "./errors";
import type { MomentFilter } from "./parameters";

type Window = {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: MomentFilter | undefined;
};

export type Page<Row> = { object: "list"; data: Row[]; has_more: boolean; url: string };

const limitDefault = 10;

/** One page of rows that stand newest first. @throws StripeError when the cursor is unknown. */
export function page<Row extends { id: string }>(rows: Row[], window: Window, url: string): Page<Row> {
  const limit = window.limit ?? limitDefault;
  if (window.starting_after !== undefined && window.ending_before !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: starting_after, ending_before.");
  }
  if (window.ending_before !== undefined) {
    const before = rows.slice(0, position(rows, window.ending_before, "ending_before"));
    return { object: "list", data: before.slice(-limit), has_more: before.length > limit, url };
  }
  const start =
    window.starting_after === undefined ? 0 : position(rows, window.starting_after, "starting_after") + 1;
  const after = rows.slice(start);
  return { object: "list", data: after.slice(0, limit), has_more: after.length > limit, url };
}

function position(rows: { id: string }[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index === -1) throw missing("object", id, param);
  return index;
}

export function createdWithin(created: number, filter: MomentFilter | undefined): boolean {
  if (filter === undefined) return true;
  if (typeof filter === "number") return created === filter;
  return (
    (filter.gt === undefined || created > filter.gt) &&
    (filter.gte === undefined || created >= filter.gte) &&
    (filter.lt === undefined || created < filter.lt) &&
    (filter.lte === undefined || created <= filter.lte)
  );
}

/** True when no filter was given or the value is the one asked for. */
export const matches = (value: unknown, wanted: string | undefined): boolean =>
  wanted === undefined || value === wanted;
