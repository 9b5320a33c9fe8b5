import type pg from "pg";
import type { Patient } from "@/lib/kernel/actor";
import type { World } from "./world";

/** The tables whose rows belong to a case. */
export const OF_A_CASE = [
  ...["Case", "Booking", "Contract", "PlanItem", "Payment", "Refund", "Transfer", "Task", "Document"],
  ...["ChangeOrder", "BookingMove"],
];

/** Lets the database write down, in the same transaction, which of these rows were written: they are looked at again. */
export async function noteTouched(owner: pg.Client): Promise<void> {
  await owner.query(`
    CREATE TABLE moved.touched (id uuid NOT NULL);
    GRANT INSERT ON moved.touched TO valvia_app;
    CREATE FUNCTION moved.note() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO moved.touched VALUES (NEW.id); RETURN NULL; END $$`);
  for (const table of OF_A_CASE)
    await owner.query(`CREATE TRIGGER zz_note AFTER INSERT OR UPDATE ON "${table}"
      FOR EACH ROW EXECUTE FUNCTION moved.note()`);
}

/** What was written since this was asked last. */
export async function touchedSince(world: World): Promise<string[]> {
  const { rows } = await world.owner.query<{ id: string }>({
    name: "touched",
    text: "DELETE FROM moved.touched RETURNING id",
  });
  return [...new Set(rows.map(({ id }) => id))];
}

const AS = {
  name: "as",
  text: `SELECT set_config('app.role', 'patient', false), set_config('app.person', $1, false)`,
};

const foreign = (table: string) =>
  `SELECT '${table}' AS name FROM "${table}" WHERE ${table === "Case" ? "id" : '"caseId"'} <> $1::uuid`;

/** Every row a patient can see that is not theirs; asked the product's own way. */
export const FOREIGN = OF_A_CASE.map(foreign).join(" UNION ALL ");

const FOREIGN_AMONG = {
  name: "foreign",
  text: OF_A_CASE.map((table) => `${foreign(table)} AND id = ANY($2::uuid[])`).join(" UNION ALL "),
};

/** Of these rows, what a patient can see that is not theirs. */
export async function foreignAmong(
  world: World,
  patient: Patient,
  caseId: string,
  ids: readonly string[],
): Promise<string[]> {
  await world.onlooker.query({ ...AS, values: [patient.personId] });
  const { rows } = await world.onlooker.query<{ name: string }>({ ...FOREIGN_AMONG, values: [caseId, ids] });
  return rows.map(({ name }) => name);
}
