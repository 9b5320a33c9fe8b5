import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type CaseFilters, caseFiltersForm } from "@/lib/cases/forms";
import { asPerson } from "@/lib/infra/db";

export interface SavedView {
  id: string;
  name: string;
  filters: CaseFilters;
}

/** The coordinator's own views, by name. A filter that does not exist any more is left out of its view. */
export function savedViewsFor(coordinator: Coordinator): Promise<SavedView[]> {
  return asPerson(coordinator, async (tx) => {
    const rows = await tx.savedView.findMany({
      where: { personId: coordinator.personId },
      orderBy: { name: "asc" },
      select: { id: true, name: true, filters: true },
    });
    return rows.map(({ id, name, filters }) => {
      const read = caseFiltersForm.safeParse(filters);
      return { id, name, filters: read.success ? read.data : {} };
    });
  });
}
