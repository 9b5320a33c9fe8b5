import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { expect, it } from "vitest";
import { apiRoute } from "@/lib/infra/api";
import { env } from "@/lib/infra/env";
import { PrismaClient } from "@/lib/infra/generated/client";

/** What somebody meets whose turn at the one connection does not come. */
async function turnedAway(ask: (pool: pg.Pool, client: PrismaClient) => Promise<unknown>): Promise<unknown> {
  const wish = { connectionString: env().DATABASE_URL, max: 1, connectionTimeoutMillis: 2_000 };
  const pool = new pg.Pool(wish);
  const client = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: { maxWait: 300 } });
  const busy = await pool.connect();
  try {
    return await ask(pool, client).then(
      () => null,
      (error: unknown) => error,
    );
  } finally {
    busy.release();
    await client.$disconnect();
    await pool.end();
  }
}

it("whoever waited too long for the database is told to come again, and that nothing was begun", async () => {
  const errors = [
    await turnedAway((_pool, client) => client.$transaction((tx) => tx.person.count())),
    await turnedAway((pool) => pool.query("SELECT 1")),
  ];
  for (const error of errors) {
    const route = apiRoute(() => Promise.reject(error));
    const answer = await route(new Request("http://127.0.0.1:3000/api/v1/x"), {
      params: Promise.resolve({}),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.json()).toMatchObject({ code: "crowded" });
  }
});
