import { useTranslations } from "next-intl";
import { Sign } from "@/components/ui/notice";

const AMBULANCE = ["chest", "breath", "oxygen", "faint", "stroke", "bleeding"] as const;
const TODAY = ["fever", "weight", "faint"] as const;
const MEANWHILE = ["call", "door", "alone", "papers"] as const;

/** The two lists of warning signs: an ambulance now, a doctor today. */
export function RedFlags() {
  const t = useTranslations("emergency");
  return (
    <div className="space-y-gap-m">
      <section
        aria-labelledby="ambulance"
        className="rounded-md border-2 border-danger bg-danger-tint p-gap-m"
      >
        <h2 id="ambulance" className="flex items-center gap-2 text-xl text-danger">
          <Sign tone="danger" />
          {t("ambulance.title")}
        </h2>
        <p className="mt-1 mb-2">{t("ambulance.lead")}</p>
        <ul className="list-disc space-y-1 ps-6 font-semibold">
          {AMBULANCE.map((key) => (
            <li key={key}>{t(`ambulance.${key}`)}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="meanwhile" className="px-gap-m">
        <h2 id="meanwhile" className="mb-2 text-lg">
          {t("act.title")}
        </h2>
        <ul className="list-disc space-y-1 ps-6">
          {MEANWHILE.map((key) => (
            <li key={key}>{t(`act.${key}`)}</li>
          ))}
        </ul>
      </section>
      <section
        aria-labelledby="today"
        className="rounded-md border border-attention bg-attention-tint p-gap-m"
      >
        <h2 id="today" className="flex items-center gap-2 text-xl text-attention">
          <Sign tone="attention" />
          {t("today.title")}
        </h2>
        <p className="mt-1 mb-2">{t("today.lead")}</p>
        <ul className="list-disc space-y-1 ps-6">
          {TODAY.map((key) => (
            <li key={key}>{t(`today.${key}`)}</li>
          ))}
        </ul>
        <p className="mt-2">{t("today.where")}</p>
      </section>
    </div>
  );
}
