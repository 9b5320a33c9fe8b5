import type { Prisma } from "@/lib/infra/generated/client";
import { dateOf, type Day, dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { NOT_PROCEDURES, TREATMENTS } from "@/lib/guides/treatment";
import { bandsOf, cancellationSentence } from "./cancellation";
import { type ContractAMode, contractAModeOf } from "./held-money";
import { type ClinicFacts, deviceStatusOf, type DoctorFacts, type ProcedureFacts } from "./views/catalogue";

/** The columns a public page of a centre is made from. */
export const clinicSelect = {
  id: true,
  slug: true,
  name: true,
  legalName: true,
  country: true,
  city: true,
  address: true,
  latitude: true,
  longitude: true,
  timeZone: true,
  summary: true,
  departments: true,
  languages: true,
  officeHours: true,
  licenceNumber: true,
  licenceAuthority: true,
  licenceValidUntil: true,
  contractAMode: true,
  heldClearanceOn: true,
  prepaymentBp: true,
  paymentTerms: true,
  cancellationBands: true,
  moneyRelation: true,
  answerHours: true,
  answerCount: true,
  billCount: true,
  billMedianBp: true,
  billLowBp: true,
  billHighBp: true,
  procedures: { orderBy: [{ treatment: "asc" }, { device: "asc" }] },
  outcomes: { orderBy: [{ treatment: "asc" }, { year: "desc" }, { metric: "asc" }] },
  accreditations: { orderBy: { body: "asc" } },
  doctors: { orderBy: { name: "asc" } },
} satisfies Prisma.ClinicSelect;

interface ProcedureRow {
  treatment: string;
  device: string | null;
  access: string | null;
  volume: number | null;
  volumeYear: number | null;
  volumeSource: string | null;
  currency: string;
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
  priceBasis: string;
  included: string[];
  excluded: string[];
  stayDaysLow: number;
  stayDaysHigh: number;
  validFrom: Date;
  validTo: Date;
}

export interface DoctorRow {
  slug: string;
  name: string;
  title: string;
  speciality: string;
  languages: string[];
  biography: string;
  volumes: unknown;
}

interface ClinicRow {
  id: string;
  slug: string;
  name: string;
  legalName: string;
  country: string;
  city: string;
  address: string;
  latitude: number;
  longitude: number;
  timeZone: string;
  summary: string;
  departments: string[];
  languages: string[];
  officeHours: string;
  licenceNumber: string;
  licenceAuthority: string;
  licenceValidUntil: Date;
  contractAMode: ContractAMode;
  heldClearanceOn: Date | null;
  prepaymentBp: number;
  paymentTerms: string;
  cancellationBands: unknown;
  moneyRelation: string;
  answerHours: number | null;
  answerCount: number;
  billCount: number;
  billMedianBp: number | null;
  billLowBp: number | null;
  billHighBp: number | null;
  procedures: ProcedureRow[];
  outcomes: {
    treatment: string;
    metric: string;
    value: { toNumber(): number };
    unit: string;
    n: number;
    year: number;
    source: string;
  }[];
  accreditations: { body: string; proof: string; validUntil: Date }[];
  doctors: DoctorRow[];
}

export interface FreeDay {
  treatment: string;
  on: Day;
}

/** What anyone may know of a centre, as of a day: expired proofs and prices are marked, not hidden. */
export function clinicFacts(row: ClinicRow, free: readonly FreeDay[], today: Day): ClinicFacts {
  const { id, slug, name, legalName, country, city, address, latitude, longitude, timeZone, summary } = row;
  const { departments, languages, officeHours, licenceValidUntil } = row;
  return {
    id,
    slug,
    name,
    legalName,
    country,
    city,
    address,
    latitude,
    longitude,
    timeZone,
    summary,
    departments,
    languages,
    officeHours,
    licence: {
      number: row.licenceNumber,
      authority: row.licenceAuthority,
      validUntil: dayOf(licenceValidUntil),
      expired: dayOf(licenceValidUntil) < today,
    },
    procedures: row.procedures
      .toSorted(inGuideOrder)
      .map((procedure) => procedureFacts(procedure, country, free, today))
      // An approval may end after a listing was checked: what may not be offered is not shown.
      .filter((procedure) => procedure.deviceStatus !== "not_approved"),
    outcomes: row.outcomes.map(({ treatment, metric, value, unit, n, year, source }) => ({
      treatment,
      metric,
      value: value.toNumber(),
      unit,
      n,
      year,
      source,
    })),
    accreditations: row.accreditations.map(({ body, proof, validUntil }) => ({
      body,
      proof,
      validUntil: dayOf(validUntil),
      expired: dayOf(validUntil) < today,
    })),
    doctors: row.doctors.map(doctorFacts),
    payment: {
      treatmentPaidTo: contractAModeOf(row, dateOf(today)) === "direct" ? "hospital" : "operator_holds",
      prepaymentPercent: row.prepaymentBp / 100,
      terms: row.paymentTerms,
      cancellationRule: cancellationSentence(bandsOf(row.cancellationBands)),
      cancellationBands: bandsOf(row.cancellationBands),
      moneyRelation: row.moneyRelation,
    },
    answer: {
      hours: row.answerHours,
      measuredOn: row.answerCount,
    },
    quotedVersusPaid: {
      cases: row.billCount,
      medianBp: row.billMedianBp,
      lowBp: row.billLowBp,
      highBp: row.billHighBp,
    },
    nextFreeDays: [...new Set(free.filter(isProcedure).map((day) => day.on))].slice(0, 5),
  };
}

/** As the guides list them: catheter, surgery, medicines. */
function inGuideOrder(a: { treatment: string }, b: { treatment: string }): number {
  const place = (treatment: string) => TREATMENTS.findIndex((slug) => slug === treatment);
  return place(a.treatment) - place(b.treatment);
}

function isProcedure({ treatment }: FreeDay): boolean {
  return !(NOT_PROCEDURES as readonly string[]).includes(treatment);
}

function procedureFacts(
  row: ProcedureRow,
  country: string,
  free: readonly FreeDay[],
  today: Day,
): ProcedureFacts {
  const { treatment, device, access, volume, volumeYear, volumeSource, currency } = row;
  return {
    treatment,
    device,
    access,
    volume,
    volumeYear,
    volumeSource,
    deviceStatus: deviceStatusOf(device, country),
    low: moneyView(row.lowMinor, currency),
    expected: moneyView(row.expectedMinor, currency),
    high: moneyView(row.highMinor, currency),
    basis: row.priceBasis,
    included: row.included,
    excluded: row.excluded,
    stayDaysLow: row.stayDaysLow,
    stayDaysHigh: row.stayDaysHigh,
    validFrom: dayOf(row.validFrom),
    validTo: dayOf(row.validTo),
    expired: dayOf(row.validTo) < today,
    holds: dayOf(row.validFrom) <= today && today <= dayOf(row.validTo),
    nextFreeDays: free.filter((day) => day.treatment === treatment).map((day) => day.on),
  };
}

export function doctorFacts(row: DoctorRow): DoctorFacts {
  const { slug, name, title, speciality, languages, biography, volumes } = row;
  return { slug, name, title, speciality, languages, biography, volumes: doctorVolumes(volumes) };
}

/** The column is free JSON: only complete lines are shown. */
function doctorVolumes(volumes: unknown): DoctorFacts["volumes"] {
  if (!Array.isArray(volumes)) return [];
  return (volumes as unknown[]).flatMap((line) => {
    if (typeof line !== "object" || line === null) return [];
    const { treatment, volume, year } = line as Record<string, unknown>;
    return typeof treatment === "string" && typeof volume === "number" && typeof year === "number"
      ? [{ treatment, volume, year }]
      : [];
  });
}
