import { z } from "zod";
import { deviceFacts, isDevice, isDeviceApproved } from "@/lib/guides/device";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { cancellationBandsForm } from "../cancellation";
import { searchForm } from "../forms/search";

const moneyShape = z.object({ amount: z.int(), currency: z.string() });

const deviceStatusView = z.enum(["approved", "trial", "not_approved"]).nullable();

export const priceView = z.object({
  treatment: z.string(),
  device: z.string().nullable(),
  access: z.string().nullable(),
  low: moneyShape,
  expected: moneyShape,
  high: moneyShape,
  basis: z.string(),
  volume: z.int().nullable(),
  volumeYear: z.int().nullable(),
  volumeSource: z.string().nullable(),
});

export const foundClinicView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  country: z.string(),
  city: z.string(),
  summary: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  departments: z.array(z.string()),
  languages: z.array(z.string()),
  treatments: z.array(z.string()),
  accreditations: z.array(z.object({ body: z.string(), validUntil: z.string() })),
  answerHours: z.int().nullable(),
  answerCount: z.int(),
  score: z.int().describe("Thousandths of a ranking point, 0 to 100,000; the formula is published."),
  volume: z.int().describe("Procedures a year of the treatment asked for, or of all listed."),
  price: priceView
    .extend({
      about: moneyShape.nullable().describe("The expected price in the visitor's currency."),
      volume: z.int().nullable().describe("Procedures of the treatment in volumeYear, all devices together."),
      deviceStatus: deviceStatusView,
    })
    .nullable(),
  nextFreeOn: z.string().nullable(),
});

export type FoundClinic = z.output<typeof foundClinicView>;

const facetView = z.array(z.object({ value: z.string(), count: z.int() }));

export const searchView = z.object({
  items: z.array(foundClinicView),
  next: z.string().nullable(),
  facets: z.object({
    treatment: facetView,
    country: facetView,
    device: facetView,
    access: facetView,
    language: facetView,
    accreditation: facetView,
  }),
  found: z.int().describe("How many centres match; at least so many when `capped`."),
  capped: z
    .boolean()
    .describe("There are more than 1,000 centres: facets and `found` tell of the best-ranked ones."),
  rate: z.object({ currency: z.string(), rate: z.string(), source: z.string(), at: z.string() }).nullable(),
});

export type SearchAnswer = z.output<typeof searchView>;
export type FacetCounts = SearchAnswer["facets"];

const procedureView = priceView.extend({
  deviceStatus: deviceStatusView,
  included: z.array(z.string()),
  excluded: z.array(z.string()),
  stayDaysLow: z.int(),
  stayDaysHigh: z.int(),
  validFrom: z.string(),
  validTo: z.string(),
  expired: z.boolean(),
  holds: z.boolean().describe("Whether today lies between `validFrom` and `validTo`."),
  nextFreeDays: z.array(z.string()),
});

export const doctorView = z.object({
  slug: z.string(),
  name: z.string(),
  title: z.string(),
  speciality: z.string(),
  languages: z.array(z.string()),
  biography: z.string(),
  volumes: z.array(z.object({ treatment: z.string(), volume: z.int(), year: z.int() })),
});

export const clinicView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  country: z.string(),
  city: z.string(),
  address: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  timeZone: z.string(),
  summary: z.string(),
  departments: z.array(z.string()),
  languages: z.array(z.string()),
  officeHours: z.string(),
  licence: z.object({
    number: z.string(),
    authority: z.string(),
    validUntil: z.string(),
    expired: z.boolean(),
  }),
  procedures: z.array(procedureView),
  outcomes: z.array(
    z.object({
      treatment: z.string(),
      metric: z.string(),
      value: z.number(),
      unit: z.string(),
      n: z.int(),
      year: z.int(),
      source: z.string(),
    }),
  ),
  accreditations: z.array(
    z.object({ body: z.string(), proof: z.string(), validUntil: z.string(), expired: z.boolean() }),
  ),
  doctors: z.array(doctorView),
  payment: z.object({
    treatmentPaidTo: z.enum(["hospital", "operator_holds"]),
    prepaymentPercent: z.number(),
    terms: z.string(),
    cancellationRule: z.string().describe("The bands in words."),
    cancellationBands: cancellationBandsForm,
    moneyRelation: z.string(),
  }),
  answer: z.object({ hours: z.int().nullable(), measuredOn: z.int() }),
  quotedVersusPaid: z
    .object({
      cases: z.int(),
      medianBp: z.int().nullable(),
      lowBp: z.int().nullable(),
      highBp: z.int().nullable(),
    })
    .describe(
      "Final bill by accepted estimate of settled bookings, in basis points: the median and the middle half; null below five bookings.",
    ),
  nextFreeDays: z.array(z.string()),
});

export type ClinicFacts = z.output<typeof clinicView>;
export type ProcedureFacts = ClinicFacts["procedures"][number];
export type DoctorFacts = z.output<typeof doctorView>;

/** Whether the device of a procedure may be offered in the centre's country; null for a procedure without one. */
export function deviceStatusOf(device: string | null, country: string): ProcedureFacts["deviceStatus"] {
  if (device === null) return null;
  return isDevice(device) ? isDeviceApproved(device, country) : "not_approved";
}

export function deviceNameOf(device: string): string {
  return isDevice(device) ? deviceFacts(device).name : device;
}

export const clinicsApi: ApiOperation[] = [
  {
    method: "get",
    path: "/clinics",
    tag: "Catalogue",
    summary: "Search published centres; `maxPrice` is in whole minor units of `currency`.",
    roles: [],
    query: searchForm,
    answers: { 200: { description: "Centres in the wished order, with facets.", schema: searchView } },
  },
  {
    method: "get",
    path: "/clinics/{slug}",
    tag: "Catalogue",
    summary: "All published facts of one centre.",
    roles: [],
    answers: { 200: { description: "The centre.", schema: clinicView } },
  },
];
