import { rideServer, type Server } from "./care-plan";

/** Of a driver or an interpreter what decides whether they can serve. */
export interface Helper {
  kind: string;
  country: string;
  city: string;
  languages: readonly string[];
  gender: string | null;
  seats: number | null;
  wheelchair: boolean;
}

export interface Place {
  country: string;
  city: string;
}

/** What a ride or a talk asks of whoever serves it. */
export interface Demand {
  kind: Server;
  country: string;
  /** Null where they may come from elsewhere in the country. */
  city: string | null;
  /** Over video or telephone the helper may sit anywhere. */
  isRemote: boolean;
  languages: readonly string[];
  gender: string | null;
  seats: number;
  wheelchair: boolean;
}

export type Unfit = "kind" | "place" | "languages" | "gender" | "seats" | "wheelchair";

/** Seats of a car nobody wrote a number for. */
const SEATS_USUAL = 3;

export function demandOfRide(
  ride: { passengers: number; wheelchair: boolean; stretcher: boolean; oxygen: boolean },
  { country, city }: Place,
): Demand {
  const { passengers: seats, wheelchair } = ride;
  const who = { kind: rideServer(ride), languages: [], gender: null };
  return { ...who, country, city, isRemote: false, seats, wheelchair };
}

export function demandOfTalk(
  talk: { fromLang: string; toLang: string; mode: string; genderWish: string | null },
  { country }: Place,
): Demand {
  const { fromLang, toLang, mode, genderWish: gender } = talk;
  const where = { country, city: null, isRemote: mode !== "on_site" };
  return {
    ...{ kind: "interpreter", ...where, languages: [fromLang, toLang], gender },
    ...{ seats: 0, wheelchair: false },
  };
}

/** What this person lacks for it; nothing where they fit. The page proposes by it and the act refuses by it. */
export function whyUnfit(helper: Helper, demand: Demand): Unfit[] {
  const isHere =
    demand.isRemote ||
    (helper.country === demand.country && (demand.city === null || helper.city === demand.city));
  const fits: Record<Unfit, boolean> = {
    kind: helper.kind === demand.kind,
    place: isHere,
    languages: demand.languages.every((language) => helper.languages.includes(language)),
    gender: demand.gender === null || helper.gender === demand.gender,
    seats: (helper.seats ?? SEATS_USUAL) >= demand.seats,
    wheelchair: helper.wheelchair || !demand.wheelchair,
  };
  return (Object.keys(fits) as Unfit[]).filter((fact) => !fits[fact]);
}
