import { useTranslations } from "next-intl";
import { OfHundred } from "@/components/pictures/of-hundred";
import { eventsOf, metricOf, ofHundred } from "@/lib/clinics/outcome";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";

type Outcome = ClinicFacts["outcomes"][number];

/** Results as counted patients: "4 of 173 patients", drawn out of a hundred, with year and source at each. */
export function OutcomeTables({ outcomes }: { outcomes: readonly Outcome[] }) {
  const t = useTranslations("clinics.clinic.outcomes");
  const nameOf = useFacetName();
  if (outcomes.length === 0) return <p>{t("none")}</p>;
  const treatments = [...new Set(outcomes.map((outcome) => outcome.treatment))];
  return (
    <div className="divide-y divide-line border-y border-line">
      {treatments.map((treatment) => (
        <section key={treatment} className="keep py-gap-m">
          <h3 className="mb-gap text-lg">{nameOf("treatment", treatment)}</h3>
          <ul className="grid gap-gap-m sm:grid-cols-2">
            {outcomes
              .filter((outcome) => outcome.treatment === treatment)
              .map((outcome) => (
                <Result key={`${outcome.metric} ${outcome.year}`} outcome={outcome} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("clinics.clinic.outcomes");
  const metrics = useTranslations("clinics.metric");
  const { metric, value, unit, n, year, source } = outcome;
  const events = eventsOf(value, n);
  const met = unit === "percent" ? ofHundred(events, n) : null;
  return (
    <li className="flex gap-4">
      {met === null ? null : <OfHundred met={met} size={64} />}
      <div className="min-w-0 text-base wrap-anywhere">
        <p>{metrics(metricOf(metric))}</p>
        <p>
          <strong>{unit === "percent" ? t("of", { events, n }) : `${value} ${unit} (n ${n})`}</strong>
          {met === null ? null : (
            <span className="text-ink-soft">
              {" "}
              ({met === 0 && events > 0 ? t("fewerThanOne") : t("aboutHundred", { met })})
            </span>
          )}
        </p>
        <p className="text-sm text-ink-soft">
          {source.includes(String(year)) ? null : <bdi>{year}, </bdi>}
          <bdi>{source}</bdi>
        </p>
      </div>
    </li>
  );
}
