import type pg from "pg";
import type { World } from "./world";

/** The tables whose rows belong to a case. */
export const OF_A_CASE = [
  ...["Case", "Booking", "Contract", "PlanItem", "Payment", "Refund", "Transfer", "Task", "Document"],
  ...[
    "ChangeOrder",
    "BookingMove",
    "SecondOpinion",
    "ServiceDelivery",
    "DeliveryWithdrawal",
    "Invoice",
    "InvoiceLine",
  ],
];

const foreign = (table: string) =>
  `SELECT '${table}' AS name FROM "${table}" WHERE ${table === "Case" ? "id" : '"caseId"'} <> $1::uuid`;

/** Every row a patient can see that is not theirs; asked the product's own way. */
export const FOREIGN = OF_A_CASE.map(foreign).join(" UNION ALL ");

const FOREIGN_AMONG = OF_A_CASE.map((table) =>
  foreign(table).replace("$1::uuid", "cases[place] AND id = ANY(ids)"),
).join(" UNION ALL ");

/**
 * Lets the database write down, in the same transaction, which of these rows were written: they are looked at again, by a
 * function that has the rights of whoever calls it and looks as one patient after the other.
 */
export async function noteTouched(owner: pg.Client): Promise<void> {
  await owner.query(`
    CREATE TABLE moved.touched (id uuid NOT NULL);
    GRANT INSERT ON moved.touched TO valvia_app;
    CREATE FUNCTION moved.note() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO moved.touched VALUES (NEW.id); RETURN NULL; END $$;
    CREATE FUNCTION moved.foreign_among(ids uuid[], people text[], cases uuid[]) RETURNS SETOF text LANGUAGE plpgsql AS
      $$ BEGIN
        FOR place IN 1 .. array_length(people, 1) LOOP
          PERFORM set_config('app.role', 'patient', false), set_config('app.person', people[place], false);
          RETURN QUERY SELECT name::text FROM (${FOREIGN_AMONG}) seen;
        END LOOP;
      END $$`);
  for (const table of OF_A_CASE)
    await owner.query(`CREATE TRIGGER zz_note AFTER INSERT OR UPDATE ON "${table}"
      FOR EACH ROW EXECUTE FUNCTION moved.note()`);
}

/** What was written since this was asked last. */
export const TOUCHED = "DELETE FROM moved.touched RETURNING id";

/** Of these rows, what a patient can see that is not theirs, patient after patient. */
export async function foreignAmong(world: World, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const patients = world.everyone;
  const { rows } = await world.onlooker.query<{ name: string }>({
    ...{ name: "foreign", text: "SELECT name FROM moved.foreign_among($1, $2, $3) AS name" },
    values: [ids, patients.map(({ patient }) => patient.personId), patients.map(({ caseId }) => caseId)],
  });
  return rows.map(({ name }) => name);
}
