import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { keptTemplate, type TemplateLine } from "./line-template";
import { lineTemplatesOf } from "./scope";

export interface LineTemplate {
  id: string;
  currency: string;
  lines: TemplateLine[];
  savedAt: Date;
}

const SHOWN_MAX = 10;

/** What estimates of this treatment at this centre begin with, newest first: the first one is the template. */
export async function readLineTemplates(
  tx: Tx,
  actor: Actor,
  clinicId: string,
  treatment: string,
): Promise<LineTemplate[]> {
  const rows = await tx.lineTemplate.findMany({
    where: { AND: [{ clinicId, treatment }, lineTemplatesOf(actor)] },
    select: { id: true, currency: true, lines: true, savedAt: true },
    orderBy: [{ savedAt: "desc" }, { id: "desc" }],
    take: SHOWN_MAX,
  });
  return rows.map(({ lines, ...row }) => ({ ...row, lines: keptTemplate(lines) }));
}

export function lineTemplatesFor(actor: Actor, clinicId: string, treatment: string): Promise<LineTemplate[]> {
  return asPerson(actor, (tx) => readLineTemplates(tx, actor, clinicId, treatment));
}
