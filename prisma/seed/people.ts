import { openDb } from "@/lib/infra/db";
import { hashPassword } from "@/lib/infra/password";
import type { Role } from "@/lib/kernel/actor";
import { Chance } from "./chance";
import type { PlacedClinic } from "./clinics";

const PASSWORD = "valvia-demo";

interface DemoPerson {
  mailbox: string;
  name: string;
  role: Role;
  /** Slug of the centre a clinic's person works at. */
  clinic?: string;
}

const RHEINTAL = "herzzentrum-rheintal";
const BOHAI = "bohai-heart-hospital";

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { mailbox: "patient", name: "Amal Haddad", role: "patient" },
  { mailbox: "patient2", name: "Viktor Sokolov", role: "patient" },
  { mailbox: "companion", name: "Nadia Haddad", role: "patient" },
  { mailbox: "coordinator", name: "Clara Winter", role: "coordinator" },
  { mailbox: "coordinator2", name: "Samuel Okoye", role: "coordinator" },
  { mailbox: "finance", name: "Greta Lindqvist", role: "finance" },
  { mailbox: "finance2", name: "Tomás Herrera", role: "finance" },
  { mailbox: "admin", name: "Ines Moreau", role: "admin" },
  { mailbox: "manager", name: "Jonas Brandt", role: "clinic_manager", clinic: RHEINTAL },
  { mailbox: "reviewer", name: "Dr. Miriam Vogt", role: "clinic_reviewer", clinic: RHEINTAL },
  { mailbox: "surgeon", name: "Prof. Dr. Henrik Stahl", role: "clinic_reviewer", clinic: RHEINTAL },
  { mailbox: "manager2", name: "Chen Lihua", role: "clinic_manager", clinic: BOHAI },
  { mailbox: "reviewer2", name: "Dr. Wang Jian", role: "clinic_reviewer", clinic: BOHAI },
  { mailbox: "surgeon2", name: "Dr. Liu Mei", role: "clinic_reviewer", clinic: BOHAI },
];

/** The accounts the manual names, one password for all: hashed once. */
export async function fillPeople(clinics: readonly PlacedClinic[], now: Date): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await openDb().person.createMany({
    data: DEMO_PEOPLE.map(({ mailbox, name, role, clinic }) => ({
      id: new Chance(`person ${mailbox}`).id(now),
      email: `${mailbox}@demo.valvia.test`,
      name,
      passwordHash,
      roles: [role],
      emailVerifiedAt: now,
      kind: role === "patient" ? ("private" as const) : clinic ? ("clinic" as const) : ("operator" as const),
      clinicId: clinic ? idOf(clinics, clinic) : null,
    })),
  });
}

function idOf(clinics: readonly PlacedClinic[], slug: string): string {
  const found = clinics.find(({ demo }) => demo.slug === slug);
  if (!found) throw new Error(`The demo has no centre ${slug}.`);
  return found.id;
}
