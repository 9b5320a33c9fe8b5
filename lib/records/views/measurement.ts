import { z } from "zod";
import { dayOf } from "@/lib/kernel/day";
import { measureNamed } from "../measure";
import { MEASUREMENT_SOURCES, type MeasurementSource } from "../measurement";

/** One measured number as the database row tells it. */
export interface MeasurementRow {
  id: string;
  field: string;
  value: number;
  toldValue: number;
  toldUnit: string;
  method: string | null;
  source: MeasurementSource;
  recordId: string | null;
  enteredByName: string;
  clinicId: string | null;
  measuredOn: Date;
  enteredAt: Date;
}

export const measurementView = z.object({
  id: z.uuid(),
  field: z.string(),
  coding: z.object({ system: z.string(), code: z.string() }).nullable(),
  value: z.number().describe("In `unit`, the unit every number of this field is kept in."),
  unit: z.string().describe("UCUM."),
  told: z.object({ value: z.number(), unit: z.string() }).describe("As it stood in the report."),
  method: z.string().nullable(),
  source: z.enum(MEASUREMENT_SOURCES),
  recordId: z.uuid().nullable(),
  enteredBy: z.string(),
  measuredOn: z.iso.date(),
  enteredAt: z.iso.datetime(),
});
export type MeasurementView = z.infer<typeof measurementView>;

export const measurementListView = z.object({ items: z.array(measurementView), next: z.null() });

export function showMeasurement(row: MeasurementRow): MeasurementView {
  const measure = measureNamed(row.field);
  return {
    id: row.id,
    field: row.field,
    coding: measure?.coding ?? null,
    value: row.value,
    unit: measure?.unit ?? row.toldUnit,
    told: { value: row.toldValue, unit: row.toldUnit },
    method: row.method,
    source: row.source,
    recordId: row.recordId,
    enteredBy: row.enteredByName,
    measuredOn: dayOf(row.measuredOn),
    enteredAt: row.enteredAt.toISOString(),
  };
}
