import { useTranslations } from "next-intl";

/** The next step of a case in the desk's words; a code without words is shown as the general one. */
export function StepWords({ code }: { code: string | null }) {
  const t = useTranslations("desk.steps");
  if (code === null) return "–";
  return t.has(code as "other") ? t(code as "other") : t("other");
}

/** The treatment a case is about, or that it is not known yet. */
export function TreatmentWords({ slug }: { slug: string | null }) {
  const t = useTranslations("treatments");
  const known = slug !== null && t.has(slug as "not-sure");
  return t(known ? (slug as "not-sure") : "not-sure");
}
