import type { z } from "zod";
import type {
  ListingContent,
  OutcomeLine,
  ProcedureLine,
  SaveListingForm,
} from "@/lib/clinics/forms/listing";
import { type Done, done, type Refused, refused } from "@/lib/kernel/outcome";
import { typedSum } from "@/lib/kernel/typed-sum";
import { type Line, type LineTexts, mergeTyped, type Overtaken } from "./lines";
import { atPriceRows, priceKey, readDoctor, readOutcome, readPrices, readVolumes } from "./listing";
import { nestedForm } from "./nested";

type Doctor = ListingContent["doctors"][number];

/** A form that does not fit: what is wrong, by the names its fields have. */
export interface Unfit extends Refused<"unfit"> {
  error: z.ZodError;
  atFields: (errors: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

type Change = (content: ListingContent) => Done<SaveListingForm> | Overtaken | Unfit | Refused<"not_found">;

const under = (prefix: string, texts: LineTexts) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [prefix + name, text]));

export function priceLine(line: ProcedureLine): Line {
  const key = priceKey(line);
  const prefix = `prices.${key}.`;
  const sum = (field: "low" | "expected" | "high") => typedSum(BigInt(line[field]), line.currency);
  const now = under(prefix, {
    ...{ low: sum("low"), expected: sum("expected"), high: sum("high") },
    stayDaysLow: String(line.stayDaysLow),
    stayDaysHigh: String(line.stayDaysHigh),
    ...{ validFrom: line.validFrom, validTo: line.validTo },
  });
  return { key, prefix, now };
}

export function volumeLine(line: ProcedureLine): Line {
  const key = priceKey(line);
  const prefix = `volumes.${key}.`;
  const now = under(prefix, {
    volume: String(line.volume ?? ""),
    volumeYear: String(line.volumeYear ?? ""),
    volumeSource: line.volumeSource ?? "",
  });
  return { key, prefix, now };
}

export function doctorLine(doctor: Doctor): Line {
  const { title, name, speciality, languages, biography, volumes } = doctor;
  const rows = volumes.map(({ treatment, volume, year }, index) =>
    under(`volumes.${index}.`, { treatment, volume: String(volume), year: String(year) }),
  );
  const words = { title, name, speciality, languages: languages.join(", "), biography };
  return { key: "", prefix: "", now: Object.assign(words, ...rows) as LineTexts };
}

export function outcomeLine(line: OutcomeLine): Line {
  const { treatment, metric, unit, source } = line;
  const figures = { value: String(line.value), n: String(line.n), year: String(line.year) };
  return { key: "", prefix: "", now: { treatment, metric, unit, source, ...figures } };
}

/** What a person typed into the price list, over the list as it is when it is saved. */
export function typedPrices(form: FormData): Change {
  return ({ procedures }) => {
    const merged = mergeTyped(form, procedures.map(priceLine));
    if (!merged.ok) return merged;
    return fitted(readPrices(nestedForm(merged.value), procedures), (errors) =>
      atPriceRows(errors, procedures, "prices"),
    );
  };
}

/** The same of the yearly numbers, which stand in the same list. */
export function typedVolumes(form: FormData): Change {
  return ({ procedures }) => {
    const merged = mergeTyped(form, procedures.map(volumeLine));
    if (!merged.ok) return merged;
    return fitted(readVolumes(nestedForm(merged.value), procedures), (errors) =>
      atPriceRows(errors, procedures, "volumes"),
    );
  };
}

/** What a person typed about a listed doctor. One who was removed meanwhile is not put back. */
export function typedDoctor(form: FormData, slug: string): Change {
  return ({ doctors }) => {
    const doctor = doctors.find((other) => other.slug === slug);
    if (doctor === undefined) return refused("not_found");
    const merged = mergeTyped(form, [doctorLine(doctor)]);
    if (!merged.ok) return merged;
    const read = readDoctor(nestedForm(merged.value), slug);
    if (!read.success) return unfit(read.error);
    return done({ doctors: doctors.map((other) => (other === doctor ? { ...read.data, slug } : other)) });
  };
}

/** What a person typed about a listed result. One that was removed meanwhile is not put back. */
export function typedOutcome(form: FormData): Change {
  return ({ outcomes }) => {
    const line = outcomes.find(
      ({ treatment, metric, year }) =>
        form.get("treatment") === treatment &&
        form.get("metric") === metric &&
        form.get("year") === String(year),
    );
    if (line === undefined) return refused("not_found");
    const merged = mergeTyped(form, [outcomeLine(line)]);
    if (!merged.ok) return merged;
    const read = readOutcome(nestedForm(merged.value));
    if (!read.success) return unfit(read.error);
    return done({ outcomes: outcomes.map((other) => (other === line ? read.data : other)) });
  };
}

function fitted(read: z.ZodSafeParseResult<SaveListingForm>, atFields: Unfit["atFields"]) {
  return read.success ? done(read.data) : unfit(read.error, atFields);
}

function unfit(error: z.ZodError, atFields: Unfit["atFields"] = (errors) => errors): Unfit {
  return { ok: false, reason: "unfit", detail: {}, error, atFields };
}
