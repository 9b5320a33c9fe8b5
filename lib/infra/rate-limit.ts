import "server-only";
import pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "./env";
import { sha256 } from "./hash";

interface Rule {
  /** How many failures, or how many times where every try counts. */
  points: number;
  /** In how many seconds. */
  duration: number;
}

const MINUTES_15 = 15 * 60;
const HOUR = 60 * 60;

/**
 * Of sign-ins only failures count. Whoever guesses from elsewhere uses up the account's common points, never those of
 * an address its owner has signed in from before: nobody is locked out by somebody else's guesses.
 */
const RULES = {
  signin_pair: { points: 10, duration: MINUTES_15 },
  signin_account: { points: 50, duration: MINUTES_15 },
  signin_address: { points: 100, duration: MINUTES_15 },
  signin_known: { points: 1, duration: 90 * 24 * HOUR },
  // Six digits: a try counts before it is compared, and guessing is over for the day after fifty.
  factor_try: { points: 10, duration: MINUTES_15 },
  factor_day: { points: 50, duration: 24 * HOUR },
  // Each use of a passkey asks twice: what must be signed, and whether it was. Many may share one address.
  passkey_address: { points: 300, duration: MINUTES_15 },
  passkey_person: { points: 60, duration: MINUTES_15 },
  patient_factors: { points: 20, duration: HOUR },
  mail_link: { points: 5, duration: MINUTES_15 },
  mail_known: { points: 3, duration: HOUR },
  // Many share one address behind a hospital's or a telephone company's router.
  account_address: { points: 3_000, duration: HOUR },
  draft_address: { points: 200, duration: HOUR },
  draft_link: { points: 5, duration: HOUR },
  case_export: { points: 20, duration: HOUR },
  // Guesses at secret links: a token has 256 bits, and still nobody tries for long.
  link_guess: { points: 100, duration: HOUR },
  link_made: { points: 30, duration: 24 * HOUR },
  link_upload: { points: 30_000, duration: HOUR },
  study_archive: { points: 120, duration: HOUR },
} as const satisfies Record<string, Rule>;

export type LimitName = keyof typeof RULES;

const shared = globalThis as typeof globalThis & {
  valviaLimits?: Map<LimitName, RateLimiterPostgres>;
  valviaLimitPool?: pg.Pool;
};

function limiter(name: LimitName): RateLimiterPostgres {
  shared.valviaLimits ??= new Map();
  const known = shared.valviaLimits.get(name);
  if (known) return known;
  shared.valviaLimitPool ??= new pg.Pool({
    connectionString: env().DATABASE_URL,
    options: "-c role=valvia_app",
    max: 2,
  });
  const made = new RateLimiterPostgres({
    storeClient: shared.valviaLimitPool,
    tableName: "RateLimit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    // The database may be away for a moment: then this process counts alone rather than letting everybody through.
    insuranceLimiter: new RateLimiterMemory({ ...RULES[name], keyPrefix: name }),
    ...RULES[name],
  });
  shared.valviaLimits.set(name, made);
  return made;
}

/** Keys hold mail and network addresses: only their hash is kept. */
function keyOf(...parts: string[]): string {
  return sha256(parts.join("\n"));
}

/** Seconds to wait before another try, or null when there are points left. */
export async function blockedFor(name: LimitName, ...key: string[]): Promise<number | null> {
  const state = await limiter(name).get(keyOf(...key));
  return state && state.consumedPoints >= RULES[name].points ? secondsOf(state) : null;
}

/** Uses up one point: null while there are any, else the seconds to wait. */
export async function spend(name: LimitName, ...key: string[]): Promise<number | null> {
  try {
    await limiter(name).consume(keyOf(...key));
    return null;
  } catch (error) {
    // Consuming beyond the limit rejects with the counter itself.
    if (error instanceof RateLimiterRes) return secondsOf(error);
    throw error;
  }
}

/** Whether something was marked and not forgotten since. */
export async function isMarked(name: LimitName, ...key: string[]): Promise<boolean> {
  return (await limiter(name).get(keyOf(...key))) !== null;
}

export async function mark(name: LimitName, ...key: string[]): Promise<void> {
  await limiter(name).set(keyOf(...key), 1, RULES[name].duration);
}

export async function forgive(name: LimitName, ...key: string[]): Promise<void> {
  await limiter(name).delete(keyOf(...key));
}

function secondsOf(state: RateLimiterRes): number {
  return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
}
