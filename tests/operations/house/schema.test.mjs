import { describe, expect, it } from "vitest";
import { connect } from "../../../scripts/steps/database.mjs";
import { differenceFromSchema } from "../../../scripts/steps/migrations.mjs";

async function change(statement) {
  const owner = await connect(process.env.DATABASE_URL);
  try {
    await owner.query(statement);
  } finally {
    await owner.end();
  }
}

describe("the migrations", () => {
  it("make exactly the tables, columns, keys and indexes of prisma/schema", async () => {
    const difference = await differenceFromSchema(process.env.DATABASE_URL);
    expect(difference, "write a migration, or say it in prisma/schema").toBe(
      "-- This is an empty migration.",
    );
  });

  it("cannot leave out or add a column, a type, a key or an index unseen", async () => {
    await change(`
      ALTER TABLE "Case" DROP COLUMN "contactName" CASCADE;
      ALTER TABLE "Clinic" ADD COLUMN "unheardOf" text;
      ALTER TABLE "OutboxMail" ALTER COLUMN "attempts" TYPE text;
      ALTER TABLE "Review" DROP CONSTRAINT "Review_caseId_fkey";
      DROP INDEX "CaseAccess_personId_idx"`);
    const difference = await differenceFromSchema(process.env.DATABASE_URL);
    for (const part of [
      "contactName",
      "unheardOf",
      "OutboxMail",
      "Review_caseId_fkey",
      "CaseAccess_personId_idx",
    ])
      expect(difference).toContain(part);
  });
});
