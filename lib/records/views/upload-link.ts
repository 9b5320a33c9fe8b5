import { z } from "zod";
import { linkReference, linkStateOf } from "../link";

/** A link with what came by it. */
export interface LinkRow {
  id: string;
  name: string;
  note: string | null;
  filesMax: number;
  bytesMax: bigint;
  madeAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  files: number;
  sizeBytes: bigint;
  lastAt: Date | null;
}

const time = z.iso.datetime();

export const linkView = z.object({
  id: z.uuid(),
  reference: z.string().describe("What the page of the link calls it."),
  name: z.string().describe("For whom it was made."),
  note: z.string().nullable(),
  state: z.enum(["open", "expired", "revoked"]),
  filesMax: z.int(),
  bytesMax: z.number(),
  files: z.int().describe("How many came by it."),
  sizeBytes: z.number(),
  lastAt: time.nullable(),
  madeAt: time,
  expiresAt: time,
});
export type LinkView = z.infer<typeof linkView>;

export const linkListView = z.object({ items: z.array(linkView), next: z.null() });

export const createdLinkView = z.object({
  id: z.uuid(),
  token: z.string().describe("Shown once; only its hash is kept."),
  url: z.url(),
  expiresAt: time,
});

export const linkPageView = z.object({
  reference: z.string(),
  note: z.string().nullable(),
  expiresAt: time,
  filesMax: z.int(),
  bytesMax: z.number(),
});

export function showLink(row: LinkRow, now: Date): LinkView {
  const { id, name, note, filesMax, files } = row;
  return {
    ...{ id, name, note, filesMax, files },
    reference: linkReference(id),
    state: linkStateOf(row, now),
    bytesMax: Number(row.bytesMax),
    sizeBytes: Number(row.sizeBytes),
    lastAt: row.lastAt?.toISOString() ?? null,
    madeAt: row.madeAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
