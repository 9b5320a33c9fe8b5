import { useTranslations } from "next-intl";
import { formatDay, formatList } from "@/components/ui/format";
import { SentenceList } from "@/components/ui/sentence-list";
import { sameTerms } from "@/lib/clinics/price-range";
import type { ProcedureFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";

/** What is in the price and what is not, its basis and how long it holds; devices with the same terms share them. */
export function PriceTerms({ offers, locale }: { offers: readonly ProcedureFacts[]; locale: string }) {
  const t = useTranslations("clinics.clinic.prices");
  const [first] = offers;
  if (first === undefined) return null;
  const groups = sameTerms(offers);
  return (
    <details className="border-t border-line text-base">
      <summary className="flex min-h-control items-center text-primary underline underline-offset-2">
        {t("inAndOut", { included: first.included.length, excluded: first.excluded.length })}
      </summary>
      <div className="space-y-gap pb-2">
        {groups.map((group) => (
          <Terms key={group[0]?.device ?? ""} offers={group} isNamed={groups.length > 1} locale={locale} />
        ))}
      </div>
    </details>
  );
}

interface TermsProps {
  offers: readonly ProcedureFacts[];
  /** Whether the devices have to be told apart. */
  isNamed: boolean;
  locale: string;
}

function Terms({ offers, isNamed, locale }: TermsProps) {
  const t = useTranslations("clinics.clinic.prices");
  const nameOf = useFacetName();
  const [first] = offers;
  if (first === undefined) return null;
  const devices = offers.flatMap(({ device }) => (device === null ? [] : [nameOf("device", device)]));
  return (
    <div className="space-y-2">
      {isNamed ? <p className="font-semibold">{formatList(devices, locale)}</p> : null}
      <div className="grid gap-gap sm:grid-cols-2">
        <Items title={t("included")} items={first.included} />
        <Items title={t("excluded")} items={first.excluded} />
      </div>
      <p className="text-sm text-ink-soft">
        {t("basis")}: <bdi>{first.basis}</bdi>
      </p>
      <ul className="text-sm text-ink-soft">
        {offers.map(({ device, validFrom, validTo }) => (
          <li key={device ?? ""}>
            {device === null || offers.length === 1 ? null : <bdi>{nameOf("device", device)}: </bdi>}
            {t("valid", { from: formatDay(validFrom, locale), to: formatDay(validTo, locale) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Items({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <p className="font-semibold">{title}</p>
      <SentenceList items={items} />
    </div>
  );
}
