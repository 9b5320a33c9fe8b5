import pg from "pg";
import type { ClinicManager, ClinicReviewer, Coordinator, Finance, Patient } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import type { Currency } from "@/lib/kernel/money";
import { asPerson, openDb } from "@/lib/infra/db";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { checklistFor } from "@/lib/records/checklist";
import { OPINION_SETTING } from "@/lib/reviews/opinion";
import { makeCase, openCaseToClinic } from "../cases";
import { makeClinic, makeResource } from "../clinics";
import { makeTaxSettings } from "../invoices";
import { makeManyReady, type Ready } from "../many-cases";
import type { Peer } from "./peer";
import { FEE_MINOR } from "../opinions";
import { makeCoordinator, makeFinance, makeManager, makePatient, makeReviewer, testSystem } from "../people";
import { FEES } from "./askers";
import { countChanges } from "./changes";
import { makeClockMovable, moveClock } from "./clock";
import { type Mortal, mortalStripe } from "./fates";
import { emptyAll, Forgetting } from "./forget";
import type { Look } from "./invariants";
import { ownersAddress } from "./prepared";
import { noteTouched } from "./touched";

export type Machine = (typeof MACHINES)[number];

/** One row of a machine as it stands: what a command may act on. */
export interface Thing {
  id: string;
  state: string;
  bookingId: string;
  caseId: string;
}

export const MACHINES = ["booking", "payment", "refund", "opinion", "return", "mark"] as const;
/** What a step is done to that needs nothing which exists. */
export const NOTHING: Thing = { id: "", state: "", bookingId: "", caseId: "" };

export type Snapshot = Record<Machine, Thing[]>;

/** Somebody who wants a centre's word, and books nothing. */
export interface Asker {
  patient: Patient;
  caseId: string;
}

export interface People {
  patients: Ready[];
  askers: Asker[];
  doctors: [ClinicReviewer, ClinicReviewer];
  owner: Coordinator;
  manager: ClinicManager;
  finances: [Finance, Finance];
  clinic: Awaited<ReturnType<typeof makeClinic>>;
  slotIds: string[];
  currency: Currency;
  /** Every line of the accepted estimates, as they were accepted. */
  acceptedLines: string;
}

/** Days from now of the four days a centre offers, one patient each: every band of the refund rules. */
const SLOT_DAYS = [4, 10, 20, 45];
const LINES = [
  { kind: "treatment", contract: "A" as const, amountMinor: 3_000_000n },
  { kind: "operator_fee", contract: "B" as const, amountMinor: 200_000n },
  { kind: "transfer_arrival", contract: "B" as const, amountMinor: 12_000n },
  { kind: "interpreter", contract: "B" as const, amountMinor: 60_000n },
  { kind: "translation", contract: "B" as const, amountMinor: 30_000n },
];

/** The database, the provider and the people of one run; `people` are made anew for each. */
export class World {
  readonly stripe: Mortal;
  /** What the promises were asked of last. */
  lastLook: Look | null = null;
  private seconds = 0;
  private made: People | null = null;

  private constructor(
    readonly owner: pg.Client,
    /** A connection with the product's own rights, for looking at rows as somebody. */
    readonly onlooker: pg.Client,
    readonly provider: Peer,
    private readonly forgetting: Forgetting | null,
  ) {
    this.stripe = mortalStripe(provider);
  }

  /**
   * Call it before anything of the product has opened a connection. The clock of a database is made movable once. A world
   * that tells many stories forgets each of them cheaply.
   */
  static async open(provider: Peer, isFirst = true, tellsMany = false): Promise<World> {
    const connectionString = ownersAddress();
    const owner = new pg.Client({ connectionString });
    await owner.connect();
    if (isFirst) await makeClockMovable(owner);
    if (isFirst) await noteTouched(owner);
    if (isFirst) await countChanges(owner);
    await owner.query("SELECT set_config('app.role', 'system', false)");
    const onlooker = new pg.Client({
      connectionString,
      // To plan a look takes longer than the look.
      options: "-c role=valvia_app -c plan_cache_mode=force_generic_plan",
    });
    await onlooker.connect();
    const forgetting = tellsMany ? await Forgetting.open(owner, connectionString) : null;
    return new World(owner, onlooker, provider, forgetting);
  }

  get people(): People {
    if (!this.made) throw new Error("The world is empty.");
    return this.made;
  }

  /** Goes on with people another world has made in this database. */
  remember(people: People): void {
    this.made = people;
  }

  now(): Date {
    return new Date(Date.now() + this.seconds * 1_000);
  }

  /** Moves the clocks of the product, its database and the provider together. */
  async jump(seconds: number): Promise<void> {
    this.seconds += seconds;
    await moveClock(this.owner, this.seconds);
    await this.provider.control("clock", { advanceSeconds: seconds });
  }

  /** Forgets everything, also what is never deleted, and makes new people. */
  async begin(currency: Currency): Promise<void> {
    this.seconds = 0;
    this.stripe.fate = null;
    this.lastLook = null;
    await moveClock(this.owner, 0);
    await this.provider.control("reset");
    await this.provider.control("webhooks", { deliver: "never" });
    if (this.forgetting) await this.forgetting.forget();
    else await emptyAll(this.owner);
    this.made = await makePeople(currency);
    const lines = await this.owner.query<{ lines: string }>(ACCEPTED_LINES);
    this.made.acceptedLines = lines.rows[0]?.lines ?? "";
  }

  async snapshot(): Promise<Snapshot> {
    const { rows } = await this.owner.query<Row>({ name: "snapshot", text: `${THINGS} ORDER BY id` });
    return snapshotOf(rows);
  }

  /** Each patient with their case. */
  get everyone(): Asker[] {
    return [...this.people.patients, ...this.people.askers];
  }

  patientOf(caseId: string): Ready {
    const found = this.people.patients.find((one) => one.caseId === caseId);
    if (!found) throw new Error("Nobody has this case.");
    return found;
  }

  async close(): Promise<void> {
    await this.forgetting?.close();
    await this.onlooker.end();
    await this.owner.end();
  }
}

export type Row = Thing & { machine: Machine };

export const THINGS = `SELECT 'booking' AS machine, id, state::text, id::text AS "bookingId", "caseId"::text FROM "Booking"
  UNION ALL SELECT 'payment', id, state::text, COALESCE("bookingId"::text, ''), "caseId"::text FROM "Payment"
  UNION ALL SELECT 'refund', id, state::text, COALESCE("bookingId"::text, ''), "caseId"::text FROM "Refund"
  UNION ALL SELECT 'opinion', id, state::text, '', "caseId"::text FROM "SecondOpinion"
  UNION ALL SELECT 'return', id, state::text, '', '' FROM "TransferReturn"
  UNION ALL SELECT 'mark', d.id, CASE WHEN w.id IS NULL THEN 'stands' ELSE 'withdrawn' END, d."bookingId"::text, d."caseId"::text
    FROM "ServiceDelivery" d LEFT JOIN "DeliveryWithdrawal" w ON w."deliveryId" = d.id`;

export function snapshotOf(rows: readonly Row[]): Snapshot {
  const of = (machine: Machine) => rows.filter((row) => row.machine === machine);
  return {
    ...{ booking: of("booking"), payment: of("payment"), refund: of("refund") },
    ...{ opinion: of("opinion"), return: of("return"), mark: of("mark") },
  };
}

export const ACCEPTED_LINES = `SELECT COALESCE(string_agg(l::text, E'\\n' ORDER BY l.id), '') AS lines FROM "EstimateLine" l
    JOIN "Estimate" e ON e.id = l."estimateId" WHERE e.state = 'accepted'`;

async function makePeople(currency: Currency): Promise<People> {
  const clinic = await makeClinic({ days: SLOT_DAYS.length, currency });
  const today = dayOf(new Date());
  await Promise.all(
    clinic.slots.map(({ id }, index) =>
      openDb().procedureSlot.update({
        where: { id },
        data: { on: dateOf(addDays(today, SLOT_DAYS[index] ?? 1)) },
      }),
    ),
  );
  for (const kind of ["driver", "interpreter"] as const) await makeResource(kind);
  const patients = await makeManyReady(3, clinic, LINES, currency);
  for (const { caseId } of patients) await openCaseToClinic(caseId, clinic.id);
  const owner = await makeCoordinator();
  const askers = [await makeAsker(owner, clinic.id), await makeAsker(owner, clinic.id)];
  const value = { ...FEES, fees: { [clinic.slug]: FEE_MINOR } };
  await makeTaxSettings();
  await asPerson(testSystem, (tx) =>
    tx.setting.createMany({
      data: [
        { key: ACCOUNT_SETTING, value: { holder: "Valvia", iban: "DE0", bic: "X", bank: "B" } },
        { key: OPINION_SETTING, value },
      ],
    }),
  );
  return {
    ...{ patients, clinic, currency, slotIds: clinic.slots.map(({ id }) => id), acceptedLines: "" },
    ...{
      owner,
      askers,
      doctors: [await makeReviewer(clinic.id), await makeReviewer(clinic.id, "Dr. Sven Surgeon")],
    },
    manager: await makeManager(clinic.id),
    finances: [await makeFinance(), await makeFinance("Frida Finance")],
  };
}

/** A case whose records are complete, open to the centre. */
async function makeAsker(owner: Coordinator, clinicId: string): Promise<Asker> {
  const patient = await makePatient();
  const { id: caseId } = await makeCase({ patient, owner, stage: "collecting_records" });
  await openCaseToClinic(caseId, clinicId);
  const closed = { status: "waived", reason: "Test", closedById: owner.personId } as const;
  const lines = checklistFor("teer").map((rule, position) => ({ ...rule, position, caseId, ...closed }));
  await asPerson(testSystem, (tx) => tx.checklistItem.createMany({ data: lines }));
  return { patient, caseId };
}
