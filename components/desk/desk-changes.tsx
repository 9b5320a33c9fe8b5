import { ChangeForm } from "@/components/bookings/change-form";
import { ChangeProof } from "@/components/bookings/change-proof";
import { StaffChanges } from "@/components/bookings/staff-changes";
import type { Option } from "@/components/ui/controls";
import type { FormAction } from "@/components/ui/form-state";
import type { BookingView } from "@/lib/bookings/views/booking";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { ChangeOrderView } from "@/lib/payments/price-change-view";

interface DeskChangesProps {
  booking: BookingView;
  orders: readonly (ChangeOrderView & { authorId: string })[];
  /** Up to where an emergency may go; null where nothing can change any more. */
  ceilings: { A: bigint | null } | null;
  /** The day the final account was closed; null while it is open. */
  closedOn: string | null;
  files: readonly Option[];
  meId: string;
  acts: { propose: FormAction; decline: FormAction; prove: FormAction };
}

/** The changes of a booking on the desk: proposed for the centre or of our own services, and the proof of emergencies. */
export function DeskChanges({ booking, orders, ceilings, closedOn, files, meId, acts }: DeskChangesProps) {
  const isEnded = booking.contracts.some((contract) => contract.kind === "B" && contract.withdrawnAt);
  return (
    <StaffChanges
      orders={orders}
      zone={DESK_ZONE}
      decline={acts.decline}
      closedOn={closedOn}
      proof={({ id }) => (
        <ChangeProof
          changeOrderId={id}
          files={files}
          isOwn={orders.find((order) => order.id === id)?.authorId === meId}
          acts={acts}
        />
      )}
    >
      {ceilings ? (
        <>
          {closedOn ? null : (
            <ChangeForm booking={booking} contract="A" emergencyUpTo={ceilings.A} action={acts.propose} />
          )}
          {isEnded ? null : (
            <ChangeForm booking={booking} contract="B" emergencyUpTo={null} action={acts.propose} />
          )}
        </>
      ) : null}
    </StaffChanges>
  );
}
