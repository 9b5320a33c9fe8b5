import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, migrate } from "../../../scripts/steps/database.mjs";
import { applyMigrations } from "../../../scripts/steps/migrations.mjs";
import { fromRoot } from "../../../scripts/steps/root.mjs";
import { settleUnfinished } from "../../../scripts/steps/unfinished.mjs";

const url = process.env.DATABASE_URL;
const LAST = "20991231000000_try_something";
let owner;
let folder;

beforeEach(async () => {
  owner = await connect(url);
  folder = mkdtempSync(join(tmpdir(), "valvia-migrations-"));
  cpSync(fromRoot("prisma", "migrations"), folder, { recursive: true });
});
afterEach(async () => {
  await owner.query(
    `DROP TABLE IF EXISTS tried; DELETE FROM "_prisma_migrations" WHERE migration_name = '${LAST}'`,
  );
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});

function write(sql) {
  mkdirSync(join(folder, LAST), { recursive: true });
  writeFileSync(join(folder, LAST, "migration.sql"), sql);
}

async function states() {
  const { rows } = await owner.query(
    `SELECT finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS "givenBack"
       FROM "_prisma_migrations" WHERE migration_name = $1 ORDER BY started_at`,
    [LAST],
  );
  return rows;
}

describe("a migration", () => {
  it("that failed leaves nothing behind and is tried again at the next start", async () => {
    write("CREATE TABLE tried (one int); SELECT 1 / 0;");
    await expect(applyMigrations(url, folder)).rejects.toThrow(
      /Migration 20991231000000_try_something.*division by zero/s,
    );
    await settleUnfinished(owner);
    write("CREATE TABLE tried (one int)");
    expect(await applyMigrations(url, folder)).toEqual([LAST]);
    expect(await states()).toEqual([
      { finished: false, givenBack: true },
      { finished: true, givenBack: false },
    ]);
  });

  it("that was killed after its last statement is not applied twice", async () => {
    write("CREATE TABLE tried (one int) -- ends without a semicolon");
    await applyMigrations(url, folder);
    // The kill came between the script and the engine's own note that it is finished.
    await owner.query(`UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = $1`, [LAST]);
    await settleUnfinished(owner);
    expect(await applyMigrations(url, folder)).toEqual([]);
    expect(await states()).toEqual([{ finished: true, givenBack: false }]);
  });

  it("that was killed before its last statement is applied by the next start", async () => {
    await owner.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, applied_steps_count) VALUES ($1, 'x', $1, 0)`,
      [LAST],
    );
    expect(await migrate(url)).toEqual([]);
    expect(await states()).toEqual([{ finished: false, givenBack: true }]);
  });
});

describe("an account of the database", () => {
  /** What a start says to this owner of an empty database; it may do only what `grant` gives it. */
  async function saidTo(name, grant = null) {
    const database = `of_${name}`;
    await owner.query(`CREATE ROLE ${name}`);
    if (grant) await owner.query(grant);
    await owner.query(`GRANT ${name} TO CURRENT_USER`);
    await owner.query(`CREATE DATABASE ${database} OWNER ${name}`);
    const address = new URL(url);
    address.pathname = `/${database}`;
    address.searchParams.set("options", `-c role=${name}`);
    try {
      return await migrate(address.href).then(
        () => "migrated",
        (failure) => failure.message,
      );
    } finally {
      await owner.query(`DROP DATABASE ${database}`);
      await owner.query(`DROP ROLE ${name}`);
    }
  }

  it("without the right to the application's role is told how to get it", async () => {
    const said = await saidTo("plain_owner");
    expect(said).toMatch(/plain_owner may not .*valvia_app/);
    expect(said).toContain("\n  GRANT valvia_app TO plain_owner WITH ADMIN OPTION;");
  });

  it("needs nothing but what it was told to get", async () => {
    const grant = "GRANT valvia_app TO given_owner WITH ADMIN OPTION";
    expect(await saidTo("given_owner", grant)).toBe("migrated");
  });
});
