import "server-only";
import type { Tx } from "@/lib/infra/db";

interface Trace {
  objectType: string;
  objectId: string | null;
  clinicId: string | null;
}

export interface TraceNames {
  /** A file's name or a clinic's name by the id of the thing the trace is about. */
  things: ReadonlyMap<string, string>;
  clinics: ReadonlyMap<string, string>;
  /** Where each of them is: ISO 3166-1, two letters. */
  countries: ReadonlyMap<string, string>;
}

/** What the rows of a log are about, in names the reader knows. Only what the reader may see is named. */
export async function readTraceNames(tx: Tx, rows: readonly Trace[]): Promise<TraceNames> {
  const idsOf = (type: string) => [
    ...new Set(rows.flatMap((row) => (row.objectType === type && row.objectId ? [row.objectId] : []))),
  ];
  const records = await tx.record.findMany({
    where: { id: { in: idsOf("record") } },
    select: { id: true, filename: true },
  });
  const reviews = await tx.review.findMany({
    where: { id: { in: idsOf("review") } },
    select: { id: true, clinicId: true },
  });
  const consents = await tx.consent.findMany({
    where: { id: { in: idsOf("consent") } },
    select: { id: true, clinicId: true },
  });
  const towards = [...reviews, ...consents];
  const clinicIds = [...towards, ...rows].flatMap((row) => row.clinicId ?? []);
  const clinics = await tx.clinic.findMany({
    where: { id: { in: [...new Set(clinicIds)] } },
    select: { id: true, name: true, country: true },
  });
  const names = new Map(clinics.map(({ id, name }) => [id, name]));
  const things = new Map(records.map(({ id, filename }) => [id, filename]));
  for (const { id, clinicId } of towards) {
    const name = clinicId ? names.get(clinicId) : undefined;
    if (name) things.set(id, name);
  }
  const countries = new Map(clinics.map(({ id, country }) => [id, country]));
  return { things, clinics: names, countries };
}
