import type { ClinicMember, Coordinator, Patient } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";

/** Everybody who takes part in the threads of a case. */
export type Writer = Patient | Coordinator | ClinicMember;

/** The messages somebody may read: patients their own thread, a centre the thread with it, coordinators all. */
export function messagesOf(writer: Writer): Prisma.MessageWhereInput {
  switch (writer.role) {
    case "coordinator":
      return {};
    case "patient":
      return { audience: "patient" };
    case "clinic_reviewer":
    case "clinic_manager":
      return { audience: "centre", clinicId: writer.clinicId };
  }
}
