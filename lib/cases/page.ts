import { z } from "zod";
import { isUuid } from "@/lib/kernel/ids";

/** One page of a list and the opaque way to the following one. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Ids sort by birth, so the last id of a page is where the next one begins. */
export function cursorOf(id: string): string {
  return btoa(id);
}

export function idOfCursor(cursor: string): string | null {
  // The 36 characters of a UUID make exactly 48 of base64.
  if (!/^[A-Za-z0-9]{48}$/.test(cursor)) return null;
  const id = atob(cursor);
  return isUuid(id) ? id : null;
}

/** Query parameters every list takes; `after` is the id behind which the page begins. */
export const pageForm = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .refine((cursor) => idOfCursor(cursor) !== null, "This is not a cursor of this list.")
    .optional(),
};

export function pageView<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Cuts the one row too many that tells whether there is more. */
export function pageOf<T extends { id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(last.id) : null };
}
