import "server-only";
import type { Admin, Finance } from "@/lib/kernel/actor";
import { type Day, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";

export interface ClinicTerms {
  id: string;
  slug: string;
  name: string;
  country: string;
  contractAMode: "direct" | "held_by_operator";
  prepaymentBp: number;
  clearanceOn: Day | null;
  clearanceNote: string | null;
}

const SHOWN_MAX = 1_000;

/** How each centre is paid, by name. */
export function clinicTermsFor(reader: Admin | Finance): Promise<ClinicTerms[]> {
  return asPerson(reader, async (tx) => {
    const rows = await tx.clinic.findMany({
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: SHOWN_MAX,
      select: {
        ...{ id: true, slug: true, name: true, country: true, contractAMode: true, prepaymentBp: true },
        ...{ heldClearanceOn: true, heldClearanceNote: true },
      },
    });
    return rows.map(({ heldClearanceOn, heldClearanceNote: clearanceNote, ...row }) => ({
      ...{ ...row, clearanceNote, clearanceOn: heldClearanceOn && dayOf(heldClearanceOn) },
    }));
  });
}
