import pg from "pg";
import { env } from "@/lib/infra/env";

/** Nobody cuts the power in a story: what is committed need not lie on the disk before the next command. */
const SAYS_HOW = "-c role=valvia_app -c plan_cache_mode=force_generic_plan -c synchronous_commit=off";

/**
 * Lets the product's connections plan each statement once. In a database of a few rows planning is most of what a statement
 * costs, and a story asks the same ones again and again; what they answer stays the same. Call it before anything of the
 * product has read the environment.
 */
export function planOnce(): void {
  const address = new URL(process.env["DATABASE_URL"] ?? "");
  address.searchParams.set("options", SAYS_HOW);
  process.env["DATABASE_URL"] = address.href;
  nameStatements();
}

/** The address of the database with the owner's rights. */
export function ownersAddress(): string {
  const address = new URL(env().DATABASE_URL);
  address.searchParams.delete("options");
  return address.href;
}

/** Only what has a name is kept planned. */
const NAMES_MAX = 2_000;

function nameStatements(): void {
  const names = new Map<string, string>();
  const plain = Reflect.get(pg.Client.prototype, "query") as (
    this: pg.Client,
    ...words: unknown[]
  ) => unknown;
  const nameOf = (text: string) => {
    const name = names.get(text) ?? (names.size < NAMES_MAX ? `model_${names.size}` : undefined);
    if (name !== undefined) names.set(text, name);
    return name;
  };
  function named(this: pg.Client, ...words: unknown[]): unknown {
    const [asked, ...rest] = words;
    return plain.call(this, isUnnamed(asked) ? { ...asked, name: nameOf(asked.text) } : asked, ...rest);
  }
  pg.Client.prototype.query = named as typeof pg.Client.prototype.query;
}

function isUnnamed(asked: unknown): asked is { text: string; values: unknown[] } {
  if (typeof asked !== "object" || asked === null) return false;
  const { text, values, name } = asked as { text?: unknown; values?: unknown; name?: unknown };
  return typeof text === "string" && Array.isArray(values) && values.length > 0 && name === undefined;
}
