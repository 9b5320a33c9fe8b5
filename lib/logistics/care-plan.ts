import { Temporal } from "temporal-polyfill";
import { addDays, type Day, daysBetween } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";

/**
 * When a driver and an interpreter are needed, by the clock on the wall of the clinic's city:
 * - ride from the airport: 3 hours from landing, or from noon on the day of arrival (default: the day before treatment);
 * - consent talk: the day before treatment, 14:00 to 17:00;
 * - discharge talk: the day before the return, 10:00 to 12:00 (never before the day after treatment);
 * - ride to the airport: 3 hours from 10:00 on the day of return (default: treatment plus the stay).
 */
const HOURS = {
  arrival: { from: 12, hours: 3 },
  return: { from: 10, hours: 3 },
  consent_talk: { from: 14, hours: 3 },
  discharge_talk: { from: 10, hours: 2 },
} as const;

export type Purpose = keyof typeof HOURS;

/** Sent by the form of a trip in place of a line that belongs to it whatever is ticked. */
export const LINE_ALWAYS = "always";

const ARRIVAL_DAYS_MAX = 60;
const RETURN_DAYS_MAX = 180;

export interface TripWish {
  treatmentOn: Day;
  stayDays: number;
  zone: string;
  arrivalOn?: Day | undefined;
  returnOn?: Day | undefined;
  /** Landing, with offset; says more than `arrivalOn`. */
  arrivalAt?: Date | undefined;
  /** Landing by the clock of the place, "14:30", on the day of arrival. */
  arrivalTime?: string | undefined;
}

export interface Trip {
  arrivalOn: Day;
  returnOn: Day;
  windows: Record<Purpose, { startsAt: Date; endsAt: Date }>;
}

/** The moment the clock in a zone shows this hour; in the gap of a clock change, the hour after it. */
export function atHour(day: Day, hour: number, zone: string, minute = 0): Date {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime({ hour, minute });
  return new Date(wall.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds);
}

function dayAt(at: Date, zone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** The days and hours of a trip, or a refusal when they cannot be true. */
export function tripOf(wish: TripWish): Outcome<Trip, "invalid_arrival" | "invalid_return"> {
  const { treatmentOn, zone } = wish;
  const arrivalOn = wish.arrivalAt
    ? dayAt(wish.arrivalAt, zone)
    : (wish.arrivalOn ?? addDays(treatmentOn, -1));
  const returnOn = wish.returnOn ?? addDays(treatmentOn, Math.max(1, wish.stayDays));
  const [hour, minute] = (wish.arrivalTime ?? "").split(":").map(Number);
  const landing =
    wish.arrivalAt ??
    (hour === undefined || minute === undefined ? undefined : atHour(arrivalOn, hour, zone, minute));
  const before = daysBetween(arrivalOn, treatmentOn);
  const after = daysBetween(treatmentOn, returnOn);
  if (before < 0 || before > ARRIVAL_DAYS_MAX) return refused("invalid_arrival", { path: "arrivalOn" });
  if (after < 1 || after > RETURN_DAYS_MAX) return refused("invalid_return", { path: "returnOn" });
  const discharge = after > 1 ? addDays(returnOn, -1) : returnOn;
  const window = (purpose: Purpose, day: Day, startsAt = atHour(day, HOURS[purpose].from, zone)) => ({
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOURS[purpose].hours * 3_600_000),
  });
  return done({
    arrivalOn,
    returnOn,
    windows: {
      arrival: window("arrival", arrivalOn, landing),
      consent_talk: window("consent_talk", addDays(treatmentOn, -1)),
      discharge_talk: window("discharge_talk", discharge),
      return: window("return", returnOn),
    },
  });
}

/** Who serves a need: lying down or with oxygen nobody rides in a car, whatever its seats. */
export type Server = "driver" | "ambulance" | "interpreter";

export function rideServer({ stretcher, oxygen }: { stretcher: boolean; oxygen: boolean }): Server {
  return stretcher || oxygen ? "ambulance" : "driver";
}

/** Somebody who must be free for a while: how the database looks for them. */
export interface Need {
  purpose: Purpose;
  kind: Server;
  claimId: string;
  startsAt: Date;
  endsAt: Date;
  country: string;
  city: string;
  /** Interpreters may come from elsewhere in the country; drivers are of the city. */
  anywhere: boolean;
  languages: string[];
  /** At least one of these, when any are named. */
  oneOf: string[];
  gender: string | null;
  seats: number;
  wheelchair: boolean;
}

export interface NeedFacts {
  kinds: readonly string[];
  trip: Trip;
  place: { country: string; city: string };
  clinicLanguages: readonly string[];
  patientLanguage: string;
  gender: string | null;
  passengers: number;
  wheelchair: boolean;
  stretcher: boolean;
  oxygen: boolean;
}

const PURPOSES: Readonly<Record<string, readonly [Purpose, ...Purpose[]]>> = {
  transfer_arrival: ["arrival"],
  transfer_return: ["return"],
  interpreter: ["consent_talk", "discharge_talk"],
};

/** Whom the chosen lines ask for, one entry for each stretch of time. */
export function needsOf(facts: NeedFacts, newId: () => string): Need[] {
  const { trip, place, patientLanguage } = facts;
  const purposes = [...new Set(facts.kinds.flatMap((kind) => PURPOSES[kind] ?? []))];
  return purposes.map((purpose) => {
    const speaks = purpose === "consent_talk" || purpose === "discharge_talk";
    return {
      purpose,
      kind: speaks ? "interpreter" : rideServer(facts),
      claimId: newId(),
      ...trip.windows[purpose],
      ...place,
      anywhere: speaks,
      languages: speaks ? [patientLanguage] : [],
      oneOf: speaks ? facts.clinicLanguages.filter((language) => language !== patientLanguage) : [],
      gender: speaks ? facts.gender : null,
      seats: speaks ? 0 : facts.passengers,
      wheelchair: speaks ? false : facts.wheelchair,
    };
  });
}
