import { useTranslations } from "next-intl";
import { DrawnResult } from "@/components/guides/drawn-result";
import { TreatmentMark } from "@/components/pictures/treatment-mark";
import { PlainLink } from "@/components/ui/plain-link";
import { type DrawnId, EVIDENCE } from "@/lib/guides/evidence";
import type { TreatmentSlug } from "@/lib/guides/treatment";

interface Shown {
  slug: TreatmentSlug;
  /** The study whose harm is told beside it. */
  harm: DrawnId;
}

/** Each with a harm counted in its own study: they are not to be held against each other. */
const SHOWN: readonly Shown[] = [
  { slug: "teer", harm: "expand-g4" },
  { slug: "tavi-transfemoral", harm: "tavi-all-comers" },
  { slug: "surgical-repair", harm: "mitral-repair" },
  { slug: "surgical-replacement", harm: "surgery-germany" },
];

/** What can be done about a valve, drawn, in one sentence and one sobering number each. */
export function Treatments({ locale }: { locale: string }) {
  const t = useTranslations("home.treat");
  return (
    <section aria-labelledby="treatments" className="border-t border-line py-gap-xl">
      <h2 id="treatments" className="text-xl md:text-2xl">
        {t("title")}
      </h2>
      <p className="mt-2 max-w-prose text-ink-soft">{t("lead")}</p>
      <ul className="mt-gap-l grid gap-gap-l sm:grid-cols-2 sm:gap-x-gap-m sm:gap-y-gap lg:grid-cols-4">
        {SHOWN.map((shown) => (
          <Treatment key={shown.slug} {...shown} locale={locale} />
        ))}
      </ul>
      <p className="mt-gap-l">
        <PlainLink href={`/${locale}/treatments`}>{t("all")}</PlainLink>
      </p>
    </section>
  );
}

function Treatment({ slug, harm, locale }: Shown & { locale: string }) {
  const guides = useTranslations("guides");
  const study = EVIDENCE.find(({ id }) => id === harm);
  return (
    <li className="grid gap-gap max-sm:grid-cols-[4.5rem_minmax(0,1fr)] max-sm:items-center sm:row-span-4 sm:grid-rows-subgrid">
      <TreatmentMark slug={slug} className="sm:w-32!" />
      <h3 className="text-lg">
        <PlainLink href={`/${locale}/treatments/${slug}`}>{guides(`treatment.${slug}.short`)}</PlainLink>
      </h3>
      <p className="text-base max-sm:col-span-2">{guides(`treatment.${slug}.lead`)}</p>
      <div className="space-y-2 border-t border-line pt-gap max-sm:col-span-2">
        <DrawnResult id={harm} />
        {study === undefined ? null : (
          <p className="text-sm text-ink-soft">
            <bdi>
              {study.study}: {study.source}
              {study.source.includes(String(study.year)) ? "" : `, ${study.year}`}
            </bdi>
          </p>
        )}
      </div>
    </li>
  );
}
