-- What the operator sells beside its fee was a constant of the program. It is data now: each change is a version of its own, and
-- the newest of a kind counts. Prices are for the whole quantity, in minor units by currency.
CREATE TABLE "CatalogueService" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "offer" TEXT NOT NULL,
    "quantity" DECIMAL(12,3) NOT NULL,
    "unit" TEXT NOT NULL,
    "prices" JSONB NOT NULL,
    "cause" TEXT,
    "refundRule" TEXT NOT NULL DEFAULT 'house',
    "supplierId" UUID,
    "savedById" UUID,
    "savedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CatalogueService_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CatalogueService_kind_version_key" ON "CatalogueService"("kind", "version");
ALTER TABLE "CatalogueService" ADD CONSTRAINT "CatalogueService_supplierId_fkey" FOREIGN KEY ("supplierId") REFERENCES "Supplier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CatalogueService" ADD CONSTRAINT "catalogue_in_order" CHECK (
  version > 0 AND quantity > 0 AND offer IN ('included', 'optional', 'unlisted')
  AND "refundRule" IN ('house', 'whole', 'less_proven_cost', 'half', 'supplier_rule'));

CREATE FUNCTION catalogue_stays_as_saved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A version of the catalogue never changes.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER catalogue_stays_as_saved BEFORE UPDATE OR DELETE ON "CatalogueService"
  FOR EACH ROW EXECUTE FUNCTION catalogue_stays_as_saved();

GRANT SELECT, INSERT ON "CatalogueService" TO valvia_app;
ALTER TABLE "CatalogueService" ENABLE ROW LEVEL SECURITY;
CREATE POLICY readers ON "CatalogueService" FOR SELECT USING (true);
CREATE POLICY keepers ON "CatalogueService" FOR INSERT WITH CHECK (app_role() = 'system' OR (app_role() = 'admin' AND "savedById" = app_person()));

-- What the constant said.
INSERT INTO "CatalogueService" ("id", "kind", "version", "offer", "quantity", "unit", "prices") VALUES
  ('01938000-0000-7000-8000-000000000001', 'transfer_arrival', 1, 'optional', 1, 'ride', '{"EUR": {"low": 9500, "expected": 9500, "high": 9500}}'),
  ('01938000-0000-7000-8000-000000000002', 'transfer_return', 1, 'optional', 1, 'ride', '{"EUR": {"low": 9500, "expected": 9500, "high": 9500}}'),
  ('01938000-0000-7000-8000-000000000003', 'interpreter', 1, 'optional', 4, 'hour', '{"EUR": {"low": 24000, "expected": 30000, "high": 45000}}'),
  ('01938000-0000-7000-8000-000000000004', 'medicine_supply', 1, 'optional', 1, 'parcel', '{"EUR": {"low": 6000, "expected": 9000, "high": 16000}}');
