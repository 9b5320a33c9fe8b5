import { openDb } from "@/lib/infra/db";
import { personAs } from "@/lib/infra/session";
import type { ClinicManager, ClinicReviewer, Coordinator, Finance, Patient, Role } from "@/lib/kernel/actor";
import { Chance } from "../chance";
import type { PlacedClinic } from "../clinics";
import { DEMO_PEOPLE } from "../people";
import type { Plot } from "./plot";

/** Everybody who acts in the stories. */
export interface Cast {
  patientOf(plot: Plot): Patient;
  companion: Patient;
  coordinators: readonly [Coordinator, Coordinator];
  finance: Finance;
  /** Who approves what the first proposed. */
  secondFinance: Finance;
  team(clinic: string): ClinicTeam;
}

export interface ClinicTeam {
  reviewer: ClinicReviewer;
  surgeon: ClinicReviewer;
  manager: ClinicManager;
}

interface NewPerson {
  email: string;
  name: string;
  role: Role;
  locale: string;
  clinicId: string | null;
  createdAt: Date;
}

type Row = NewPerson & { id: string };

/** Finds the demo accounts, and makes the people nobody signs in as: other patients, the teams of other centres. */
export async function findCast(
  plots: readonly Plot[],
  clinics: readonly PlacedClinic[],
  now: Date,
): Promise<Cast> {
  const known = await openDb().person.findMany({ where: { email: { in: DEMO_PEOPLE.map(addressOf) } } });
  const strangers = plots.filter((plot) => !plot.account).map((plot) => patientRow(plot, now));
  const slugs = [...new Set(plots.flatMap((plot) => (plot.asks ?? []).map((ask) => ask.clinic)))];
  const teamless = slugs.filter((slug) => !DEMO_PEOPLE.some((person) => person.clinic === slug));
  const teams = (await Promise.all(teamless.map((slug) => teamRows(clinicNamed(clinics, slug), now)))).flat();
  const made = [...strangers, ...teams].map((person) => ({
    ...person,
    id: new Chance(person.email).id(person.createdAt),
  }));
  await openDb().person.createMany({
    data: made.map(({ role, ...person }) => ({
      ...person,
      roles: [role],
      kind: person.clinicId === null ? ("private" as const) : ("clinic" as const),
      emailVerifiedAt: person.createdAt,
    })),
  });
  const rows: Row[] = [
    ...known.map((person) => ({ ...person, role: person.roles[0] ?? "patient" })),
    ...made,
  ];
  return castOf(rows, clinics);
}

function castOf(rows: readonly Row[], clinics: readonly PlacedClinic[]): Cast {
  const demo = (mailbox: string) => rowNamed(rows, addressOf({ mailbox }));
  return {
    patientOf: (plot) =>
      playedBy(plot.account ? demo(plot.account) : rowNamed(rows, patientAddress(plot)), "patient"),
    companion: playedBy(demo("companion"), "patient"),
    coordinators: [
      playedBy(demo("coordinator"), "coordinator"),
      playedBy(demo("coordinator2"), "coordinator"),
    ],
    finance: playedBy(demo("finance"), "finance"),
    secondFinance: playedBy(demo("finance2"), "finance"),
    team: (slug) => {
      const { id } = clinicNamed(clinics, slug);
      const doctors = rows.filter((row) => row.clinicId === id && row.role === "clinic_reviewer");
      const manager = rows.find((row) => row.clinicId === id && row.role === "clinic_manager");
      const [first, second] = doctors.toSorted(
        (one, other) => Number(isSurgeon(one)) - Number(isSurgeon(other)),
      );
      if (!first || !second || !manager) throw new Error(`Nobody answers for ${slug}.`);
      return {
        reviewer: playedBy(first, "clinic_reviewer"),
        surgeon: playedBy(second, "clinic_reviewer"),
        manager: playedBy(manager, "clinic_manager"),
      };
    },
  };
}

const isSurgeon = (row: Row) => row.email.startsWith("surgeon");

function addressOf({ mailbox }: { mailbox: string }): string {
  return `${mailbox}@demo.valvia.test`;
}

function patientAddress(plot: Plot): string {
  return `${plot.key}@patients.valvia.test`;
}

function patientRow(plot: Plot, now: Date): NewPerson {
  const createdAt = new Date(now.getTime() - plot.started * 86_400_000 - 600_000);
  return {
    email: patientAddress(plot),
    name: plot.name,
    role: "patient",
    locale: plot.language,
    clinicId: null,
    createdAt,
  };
}

/** The two doctors of the listing answer, and somebody of the office keeps the days. */
async function teamRows({ id, demo }: PlacedClinic, now: Date): Promise<NewPerson[]> {
  const doctors = await openDb().doctor.findMany({
    where: { clinicId: id },
    orderBy: { id: "asc" },
    take: 2,
  });
  const createdAt = new Date(now.getTime() - 700 * 86_400_000);
  const shared = { locale: "en", clinicId: id, createdAt };
  const [first, second] = doctors.map((doctor) => `Dr. ${doctor.name}`);
  if (!first || !second) throw new Error(`${demo.slug} has too few doctors to sign twice.`);
  return [
    { ...shared, email: `reviewer@${demo.slug}.valvia.test`, name: first, role: "clinic_reviewer" },
    { ...shared, email: `surgeon@${demo.slug}.valvia.test`, name: second, role: "clinic_reviewer" },
    {
      ...shared,
      email: `office@${demo.slug}.valvia.test`,
      name: `International office, ${demo.name}`,
      role: "clinic_manager",
    },
  ];
}

function rowNamed(rows: readonly Row[], email: string): Row {
  const found = rows.find((row) => row.email === email);
  if (!found) throw new Error(`The demo has nobody at ${email}.`);
  return found;
}

export function clinicNamed(clinics: readonly PlacedClinic[], slug: string): PlacedClinic {
  const found = clinics.find(({ demo }) => demo.slug === slug);
  if (!found) throw new Error(`The demo has no centre ${slug}.`);
  return found;
}

function playedBy<R extends Role>(row: Row, role: R) {
  const { id: personId, name, email, locale, clinicId } = row;
  const identity = {
    personId,
    name,
    email,
    locale,
    clinicId,
    roles: [row.role],
    sessionId: null,
    scopes: null,
  };
  const person = personAs(identity, role);
  if (!person) throw new Error(`${name} is no ${role}.`);
  return person;
}
