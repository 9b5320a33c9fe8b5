import "server-only";
import type { Actor, ClinicManager, Coordinator } from "@/lib/kernel/actor";
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

/** The same of the centre with this name; null for a stranger, another centre's manager among them, and for no centre. */
export function lineTemplatesOfClinic(
  actor: Coordinator | ClinicManager,
  slug: string,
  treatment: string,
): Promise<LineTemplate[] | null> {
  return asPerson(actor, async (tx) => {
    const clinic = await tx.clinic.findUnique({ where: { slug }, select: { id: true } });
    if (!clinic || (actor.role === "clinic_manager" && actor.clinicId !== clinic.id)) return null;
    return readLineTemplates(tx, actor, clinic.id, treatment);
  });
}

/** One template of one's own centre, with that centre's name; null for a stranger. */
export function lineTemplateNow(
  manager: ClinicManager,
  id: string,
): Promise<{ template: LineTemplate; clinic: string } | null> {
  return asPerson(manager, async (tx) => {
    const row = await tx.lineTemplate.findFirst({
      where: { AND: [{ id }, lineTemplatesOf(manager)] },
      select: {
        ...{ id: true, currency: true, lines: true, savedAt: true },
        clinic: { select: { slug: true } },
      },
    });
    if (!row) return null;
    const { clinic, lines, ...rest } = row;
    return { template: { ...rest, lines: keptTemplate(lines) }, clinic: clinic.slug };
  });
}
