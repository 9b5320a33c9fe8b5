import "server-only";
import pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "./env";

interface Rule {
  /** How many failures. */
  points: number;
  /** In how many seconds. */
  duration: number;
}

/** Failures only are counted; a right password is never refused for want of points. */
const RULES = {
  signin_account: { points: 10, duration: 15 * 60 },
  signin_address: { points: 100, duration: 15 * 60 },
  mail_link: { points: 5, duration: 15 * 60 },
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

/** Seconds to wait before another try, or null when there are points left. */
export async function blockedFor(name: LimitName, key: string): Promise<number | null> {
  const state = await limiter(name).get(key);
  if (!state || state.consumedPoints < RULES[name].points) return null;
  return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
}

export async function countFailure(name: LimitName, key: string): Promise<void> {
  try {
    await limiter(name).consume(key);
  } catch (error) {
    // Consuming beyond the limit rejects with the counter itself, which the next `blockedFor` reports.
    if (!(error instanceof RateLimiterRes)) throw error;
  }
}

export async function forgive(name: LimitName, key: string): Promise<void> {
  await limiter(name).delete(key);
}
