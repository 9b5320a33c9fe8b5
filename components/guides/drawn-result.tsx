import { useTranslations } from "next-intl";
import { OfHundred } from "@/components/pictures/of-hundred";
import { DRAWN, type DrawnId } from "@/lib/guides/evidence";

/** One count of a study: "2 of 100" with its dots, and what was counted. */
export function DrawnResult({ id }: { id: DrawnId }) {
  const t = useTranslations("guides");
  const met = DRAWN[id];
  return (
    <p className="flex items-center gap-3 text-base">
      <OfHundred met={met} size={48} />
      <span>
        <strong className="block">{t("label.ofHundred", { met })}</strong>
        <span className="text-ink-soft">{t(`drawn.${id}`)}</span>
      </span>
    </p>
  );
}
