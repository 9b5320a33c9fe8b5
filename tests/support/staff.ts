import { randomUUID } from "node:crypto";
import { connect } from "../../scripts/steps/database.mjs";
import { databaseOf } from "./unreadable";

const DATA = process.env["VALVIA_DATA"] ?? "";

export interface NewStaff {
  id: string;
  email: string;
  name: string;
}

/** A member of staff of this journey alone, with the password of the demo: what happens to them happens to nobody else. */
export async function newStaff(name: string, ...roles: string[]): Promise<NewStaff> {
  const [id, email] = [randomUUID(), `staff.${randomUUID()}@example.test`];
  await ask(
    `INSERT INTO "Person" ("id", "email", "name", "kind", "roles", "passwordHash", "emailVerifiedAt")
     SELECT $1::uuid, $2, $3, 'operator', $4::"Role"[], "passwordHash", now()
     FROM "Person" WHERE "email" = 'finance@demo.valvia.test'`,
    [id, email, name, `{${roles.join(",")}}`],
  );
  return { id, email, name };
}

/** As if a quarter of an hour had gone by since they last took their second step. */
export async function letProofAge({ id }: Pick<NewStaff, "id">): Promise<void> {
  await ask(`UPDATE "Session" SET "mfaAt" = "mfaAt" - interval '16 minutes' WHERE "personId" = $1::uuid`, [
    id,
  ]);
}

/** Has somebody sign in by links from mails alone from here on. */
export async function forgetPassword(email: string): Promise<void> {
  await ask(`UPDATE "Person" SET "passwordHash" = NULL WHERE "email" = $1`, [email]);
}

/** Lets six minutes pass since the link somebody came by: too long ago to change how they sign in. */
export async function letLinkAge(email: string): Promise<void> {
  await ask(
    `UPDATE "Session" SET "linkAt" = "linkAt" - interval '6 minutes'
     WHERE "personId" = (SELECT "id" FROM "Person" WHERE "email" = $1)`,
    [email],
  );
}

async function ask(statement: string, values: unknown[]): Promise<void> {
  const owner = await connect(databaseOf(DATA));
  try {
    await owner.query(statement, values);
  } finally {
    await owner.end();
  }
}
