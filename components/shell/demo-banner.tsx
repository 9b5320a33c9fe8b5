import { useTranslations } from "next-intl";

/** On every page of a demo. Nobody may take these clinics for real ones, on paper neither. */
export function DemoBanner() {
  const t = useTranslations("common");
  return (
    <p className="border-b border-attention/30 bg-attention-tint px-4 py-1 text-center text-sm text-attention">
      {t("demo")}
    </p>
  );
}
