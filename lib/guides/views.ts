import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { APPROVAL_STATUSES } from "./approval";
import { REGIONS } from "./region";
import { ACCESS_ROUTES, TREATMENTS } from "./treatment";

const evidenceView = z.object({
  id: z.string(),
  study: z.string(),
  finding: z.string(),
  n: z.int().nullable(),
  followUpMonths: z.int().nullable(),
  year: z.int(),
  source: z.string(),
  paper: z.object({ name: z.string(), url: z.url() }).nullable(),
  toConfirm: z.array(z.string()).describe("Facts nobody has compared with the study yet."),
  sobering: z.boolean(),
});

export type EvidenceView = z.output<typeof evidenceView>;

const days = z.tuple([z.int(), z.int()]).nullable();

export const treatmentView = z.object({
  slug: z.enum(TREATMENTS),
  name: z.string(),
  lead: z.string(),
  valves: z.array(z.string()),
  approach: z.string(),
  access: z.array(z.enum(ACCESS_ROUTES)),
  conditions: z.array(z.string()),
  devices: z.array(z.string()),
  hospitalDays: days,
  nearbyDays: days,
  staySource: z.string(),
});

export const treatmentGuideView = treatmentView.extend({
  what: z.string(),
  who: z.string(),
  how: z.string(),
  risks: z.string(),
  stay: z.string(),
  recovery: z.string(),
  aftercare: z.string(),
  questions: z.array(z.string()),
  evidence: z.array(evidenceView),
  clinicalSignOff: z.literal("pending"),
});

export const deviceView = z.object({
  slug: z.string(),
  name: z.string(),
  maker: z.string(),
  treatments: z.array(z.string()),
  access: z.array(z.string()),
  indications: z.array(z.string()),
  design: z.string(),
  sizes: z.array(z.object({ label: z.string(), fits: z.string() })),
  sizeSource: z.string(),
  regulatory: z.array(
    z.object({
      region: z.enum(REGIONS),
      status: z.enum(APPROVAL_STATUSES),
      date: z.string(),
      source: z.string(),
      verified: z.boolean(),
    }),
  ),
});

export const deviceGuideView = deviceView.extend({
  how: z.string(),
  watch: z.string(),
  evidence: z.array(evidenceView),
  clinicalSignOff: z.literal("pending"),
});

export const countryView = z.object({
  code: z.string(),
  currency: z.string(),
  ambulance: z.array(z.string()),
  languages: z.array(z.string()),
  commissionVoid: z.boolean(),
  writtenOn: z.string(),
  checkedOn: z
    .string()
    .nullable()
    .describe("The day a person checked the notes with the authorities; null before."),
  entry: z.string(),
  visa: z.string(),
  medicines: z.string(),
  closed: z.string(),
});

const listOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next: z.null() });

const read = (path: string, summary: string, schema: z.ZodType): ApiOperation => ({
  method: "get",
  path,
  tag: "Catalogue",
  summary,
  roles: [],
  answers: { 200: { description: summary, schema } },
});

export const guidesApi: ApiOperation[] = [
  read("/treatments", "All treatments of the catalogue.", listOf(treatmentView)),
  read("/treatments/{slug}", "One treatment guide with its evidence, in English.", treatmentGuideView),
  read("/devices", "All devices and where each is approved.", listOf(deviceView)),
  read("/devices/{slug}", "One device with its evidence, in English.", deviceGuideView),
  read(
    "/countries/{code}",
    "Entry, visa and medicine notes of a country with centres, in English.",
    countryView,
  ),
];
