import pg from "pg";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { OPINION_SETTING } from "@/lib/reviews/opinion";

const ROOTS = [
  ...["Person", "Case", "Clinic", "Supplier", "LedgerTx", "ProviderIntent", "ProviderEvent", "BankTransfer"],
  ...["AuditEvent", "OutboxMail", "BalanceMovement", "MovementReading"],
];

const BESIDE = `DELETE FROM moved.touched; DELETE FROM pgboss.job; DELETE FROM "Setting" WHERE key IN ('${ACCOUNT_SETTING}', '${OPINION_SETTING}')`;
const EMPTY = `TRUNCATE ${ROOTS.map((name) => `"${name}"`).join(", ")} CASCADE; ${BESIDE}`;

/** Every table that hangs on one of those, as emptying them all at once would find it. */
const HANGING = `
  WITH RECURSIVE hanging AS (
    SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1)
    UNION SELECT f.conrelid FROM pg_constraint f JOIN hanging h ON f.confrelid = h.oid WHERE f.contype = 'f')
  SELECT oid::regclass::text AS name FROM hanging ORDER BY 1`;

/** What is deleted still lies in the tables and is read past: after so many times they are emptied for good. */
const DELETED_MAX = 24;

/**
 * Forgets what happened in a story, also what is never deleted. Emptying the tables has every statement of the product
 * planned anew, which costs more than a whole story: so their rows are deleted, by a role that exists for nothing else and
 * for which alone the guards of the model's own database stand aside.
 */
export class Forgetting {
  private deleted = DELETED_MAX;

  private constructor(
    private readonly owner: pg.Client,
    private readonly keeper: pg.Client,
    private readonly statement: string,
  ) {}

  static async open(owner: pg.Client, connectionString: string): Promise<Forgetting> {
    const { rows: tables } = await owner.query<{ name: string }>(HANGING, [ROOTS]);
    const role = await makeRole(owner, tables);
    const keeper = new pg.Client({ connectionString, options: `-c role=${role}` });
    await keeper.connect();
    // One statement, so that what hangs together goes together.
    const deletes = tables.map(({ name }, index) => `t${index} AS (DELETE FROM ${name})`);
    return new Forgetting(owner, keeper, `WITH ${deletes.join(", ")} SELECT 1`);
  }

  async forget(): Promise<void> {
    this.deleted += 1;
    if (this.deleted >= DELETED_MAX) {
      this.deleted = 0;
      await emptyAll(this.owner);
    } else {
      await this.keeper.query({ name: "forget", text: this.statement });
      await this.owner.query(BESIDE);
    }
  }

  close(): Promise<void> {
    return this.keeper.end();
  }
}

async function makeRole(owner: pg.Client, tables: readonly { name: string }[]): Promise<string> {
  const { rows } = await owner.query<{ name: string }>("SELECT current_database() AS name");
  const role = `forgets_${rows[0]?.name ?? ""}`;
  await owner.query(`CREATE ROLE ${role}; GRANT ${role} TO current_user;
    GRANT USAGE ON SCHEMA public, moved TO ${role}; GRANT ALL ON ALL TABLES IN SCHEMA public, moved TO ${role}`);
  for (const { name } of tables)
    await owner.query(`CREATE POLICY forget ON ${name} TO ${role} USING (true) WITH CHECK (true);
      ALTER TABLE ${name} SET (autovacuum_enabled = false)`);
  await standAside(owner, role);
  return role;
}

/** Each guard against deleting is made anew as it was, for everybody else. */
async function standAside(owner: pg.Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; on: string; def: string }>(`
    SELECT quote_ident(tgname) AS name, tgrelid::regclass::text AS on, pg_get_triggerdef(oid) AS def
      FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 11 = 11`);
  for (const { name, on, def } of rows) {
    if (def.includes(" WHEN ")) throw new Error(`The guard ${name} of ${on} asks for something already.`);
    const aside = def.replace(" EXECUTE FUNCTION", ` WHEN (current_user <> '${role}') EXECUTE FUNCTION`);
    await owner.query(`DROP TRIGGER ${name} ON ${on}; ${aside}`);
  }
}

/** A worker may be in the middle of something: whoever was chosen to give way in a deadlock asks once more. */
export async function emptyAll(owner: pg.Client): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    try {
      await owner.query(EMPTY);
      return;
    } catch (error) {
      if (turn === 5 || !(error instanceof pg.DatabaseError) || error.code !== "40P01") throw error;
    }
  }
}
