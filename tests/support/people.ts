import type {
  Admin,
  ClinicManager,
  ClinicReviewer,
  Coordinator,
  Finance,
  Patient,
  Role,
} from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { personAs, systemActor } from "@/lib/infra/session";

const NAMES: Record<Role, string> = {
  patient: "Anna Petrova",
  coordinator: "Clara Coordinator",
  finance: "Felix Finance",
  admin: "Ada Admin",
  clinic_reviewer: "Dr. Rita Reviewer",
  clinic_manager: "Max Manager",
};

async function make<R extends Role>(role: R, clinicId: string | null, name: string) {
  const id = newId();
  const kind = role === "patient" ? "private" : role.startsWith("clinic_") ? "clinic" : "operator";
  const email = `${role}.${id}@example.test`;
  await openDb().person.create({ data: { id, email, name, kind, roles: [role], clinicId } });
  const identity = {
    personId: id,
    name,
    email,
    locale: "en",
    roles: [role] as Role[],
    clinicId,
    sessionId: null,
    scopes: null,
  };
  const person = personAs(identity, role);
  if (!person) throw new Error(`No ${role} was made.`);
  return person;
}

/** Real people in the database, each test its own. */
export const makePatient = (name = NAMES.patient): Promise<Patient> => make("patient", null, name);
export const makeCoordinator = (name = NAMES.coordinator): Promise<Coordinator> =>
  make("coordinator", null, name);
export const makeFinance = (name = NAMES.finance): Promise<Finance> => make("finance", null, name);
export const makeAdmin = (): Promise<Admin> => make("admin", null, NAMES.admin);
export const makeReviewer = (clinicId: string, name = NAMES.clinic_reviewer): Promise<ClinicReviewer> =>
  make("clinic_reviewer", clinicId, name);
export const makeManager = (clinicId: string): Promise<ClinicManager> =>
  make("clinic_manager", clinicId, NAMES.clinic_manager);

export const testSystem = systemActor("test");
