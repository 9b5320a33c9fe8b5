import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { TurnClient } from "@/lib/infra/db-client";
import { env } from "@/lib/infra/env";

let restore = () => true;
afterEach(() => restore());

it("gives one connection one question at a time, each its own answer, also after one that failed", async () => {
  const driver: unknown = Reflect.get(pg.Client.prototype, "query");
  if (typeof driver !== "function") throw new Error("The driver asks otherwise now.");
  let running = 0;
  let most = 0;
  const watched = function (this: pg.Client, ...args: unknown[]): unknown {
    running += 1;
    most = Math.max(most, running);
    return Promise.resolve(Reflect.apply(driver, this, args)).finally(() => (running -= 1));
  };
  Reflect.set(pg.Client.prototype, "query", watched);
  restore = () => Reflect.set(pg.Client.prototype, "query", driver);
  const client = new TurnClient(env().DATABASE_URL);
  await client.connect();

  const answers = await Promise.allSettled(
    [1, 2, 0, 4, 5].map((n) => client.query<{ n: number }>("SELECT 20 / $1::int AS n", [n])),
  );
  await client.end();

  const said = answers.map((one) => (one.status === "fulfilled" ? one.value.rows[0]?.n : "failed"));
  expect(said).toEqual([20, 10, "failed", 5, 4]);
  expect(most).toBe(1);
});
