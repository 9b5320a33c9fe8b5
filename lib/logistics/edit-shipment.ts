import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { storedItems } from "./create-shipment";
import type { EditShipmentForm } from "./forms";
import type { ShipmentRow } from "./queries";

const BEFORE_PACKING = ["draft", "blocked", "cleared"] as const;
const ON_ITS_WAY = ["packed", "in_transit", "customs"] as const;

/** Changes items or mode before packing, which asks the rules again; carrier and tracking also on the way. */
export async function editShipment(
  coordinator: Coordinator,
  id: string,
  form: EditShipmentForm,
): Promise<Outcome<ShipmentRow, "not_found" | "illegal_transition" | "invalid_supplier">> {
  return asPerson(coordinator, async (tx) => {
    const { carrier, tracking, supplierId, mode, items } = form;
    if (supplierId) {
      const pharmacy = await tx.supplier.findFirst({
        where: { id: supplierId, kind: "pharmacy" },
        select: { retiredAt: true },
      });
      // A retired pharmacy stays where it was chosen before, and is chosen anew for nobody.
      const mayServe = pharmacy && (!pharmacy.retiredAt || (await isChosen(tx, id, supplierId)));
      if (!mayServe) return refused("invalid_supplier", { path: "supplierId" });
    }
    const isNew = mode !== undefined || items !== undefined;
    const states = isNew ? BEFORE_PACKING : [...BEFORE_PACKING, ...ON_ITS_WAY];
    const { count } = await tx.shipment.updateMany({
      where: { id, state: { in: [...states] } },
      data: {
        ...(carrier ? { carrier } : {}),
        ...(tracking ? { tracking } : {}),
        ...(supplierId ? { supplierId } : {}),
        ...(mode ? { mode } : {}),
        ...(items ? { items: storedItems(items) } : {}),
        ...(isNew ? { state: "draft" as const, blockReason: null } : {}),
      },
    });
    const row = await tx.shipment.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    if (count === 0) return refused("illegal_transition", { from: row.state, event: "edit" });
    await writeAudit(tx, coordinator, "shipment.edited", {
      caseId: row.caseId,
      objectType: "shipment",
      objectId: id,
    });
    return done(row);
  });
}

async function isChosen(tx: Tx, id: string, supplierId: string): Promise<boolean> {
  return (await tx.shipment.count({ where: { id, supplierId } })) > 0;
}
