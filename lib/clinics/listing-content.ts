import type { Prisma } from "@/lib/infra/generated/client";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { bandsOf } from "./cancellation";
import { doctorFacts } from "./clinic";
import type { ListingContent, OutcomeLine, ProcedureLine } from "./forms/listing";

/** The rows a listing is made of. */
export const listingSelect = {
  id: true,
  slug: true,
  country: true,
  city: true,
  legalName: true,
  version: true,
  name: true,
  summary: true,
  address: true,
  officeHours: true,
  departments: true,
  languages: true,
  paymentTerms: true,
  cancellationBands: true,
  holidays: true,
  accreditations: { orderBy: { body: "asc" } },
  procedures: { orderBy: [{ treatment: "asc" }, { device: "asc" }] },
  outcomes: { orderBy: [{ treatment: "asc" }, { metric: "asc" }, { year: "asc" }] },
  doctors: { orderBy: { slug: "asc" } },
} satisfies Prisma.ClinicSelect;

export type ListingRow = Prisma.ClinicGetPayload<{ select: typeof listingSelect }>;

/** The published rows in the shape a revision has, so that the two can be compared. */
export function contentOf(row: ListingRow): ListingContent {
  const { name, summary, address, officeHours, languages, paymentTerms } = row;
  return {
    name,
    summary,
    address,
    officeHours,
    languages,
    paymentTerms,
    cancellationBands: bandsOf(row.cancellationBands),
    departments: row.departments as ListingContent["departments"],
    holidays: row.holidays.map(dayOf),
    accreditations: row.accreditations.map((line) => ({
      body: line.body,
      proof: line.proof,
      validUntil: dayOf(line.validUntil),
    })),
    procedures: row.procedures.map(procedureLine),
    outcomes: row.outcomes.map(outcomeLine),
    doctors: row.doctors.map((doctor) => doctorFacts(doctor) as ListingContent["doctors"][number]),
  };
}

function procedureLine(row: ListingRow["procedures"][number]): ProcedureLine {
  return {
    treatment: row.treatment as ProcedureLine["treatment"],
    device: row.device as ProcedureLine["device"],
    access: row.access as ProcedureLine["access"],
    volume: row.volume,
    volumeYear: row.volumeYear,
    volumeSource: row.volumeSource,
    currency: row.currency as ProcedureLine["currency"],
    low: Number(row.lowMinor),
    expected: Number(row.expectedMinor),
    high: Number(row.highMinor),
    basis: row.priceBasis,
    included: row.included,
    excluded: row.excluded,
    stayDaysLow: row.stayDaysLow,
    stayDaysHigh: row.stayDaysHigh,
    validFrom: dayOf(row.validFrom),
    validTo: dayOf(row.validTo),
  };
}

function outcomeLine(row: ListingRow["outcomes"][number]): OutcomeLine {
  return {
    treatment: row.treatment as OutcomeLine["treatment"],
    metric: row.metric as OutcomeLine["metric"],
    value: row.value.toNumber(),
    unit: row.unit as OutcomeLine["unit"],
    n: row.n,
    year: row.year,
    source: row.source,
  };
}

/** A procedure as it is written when the revision is published. */
export function procedureRow(clinicId: string, line: ProcedureLine) {
  const { low, expected, high, basis, validFrom, validTo, ...rest } = line;
  return {
    ...rest,
    clinicId,
    lowMinor: BigInt(low),
    expectedMinor: BigInt(expected),
    highMinor: BigInt(high),
    priceBasis: basis,
    validFrom: dateOf(validFrom),
    validTo: dateOf(validTo),
  };
}
