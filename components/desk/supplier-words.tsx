import { useTranslations } from "next-intl";
import { StateTag } from "@/components/ui/tag";
import type { SupplierRow } from "@/lib/desk/queries/suppliers";
import { SUPPLIER_KINDS, type SupplierKind } from "@/lib/logistics/supplier";

/** The kind a supplier is shown as; what nobody knows is something other. */
export function shownKind(kind: string): SupplierKind {
  return SUPPLIER_KINDS.find((one) => one === kind) ?? "other";
}

export function SupplierState({ supplier }: { supplier: SupplierRow }) {
  const t = useTranslations("suppliers");
  if (supplier.retiredAt) return <StateTag>{t("retired")}</StateTag>;
  if (!supplier.termsAcceptedOn) return <StateTag tone="attention">{t("waitsForTerms")}</StateTag>;
  return <StateTag tone="good">{t("active")}</StateTag>;
}
