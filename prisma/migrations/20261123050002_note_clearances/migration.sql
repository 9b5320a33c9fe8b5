-- What the legal clearance rests on by which money of a centre is held, beside its day.
ALTER TABLE "Clinic" ADD COLUMN "heldClearanceNote" TEXT;
ALTER TABLE "Clinic" ADD CONSTRAINT "clinic_prepayment_share" CHECK ("prepaymentBp" BETWEEN 0 AND 10000);
