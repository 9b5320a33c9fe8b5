import { useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { PlainLink } from "@/components/ui/plain-link";
import { devicesFor } from "@/lib/guides/device";
import { evidenceForTreatment } from "@/lib/guides/evidence";
import { treatmentFacts, type TreatmentSlug } from "@/lib/guides/treatment";
import { EvidenceCards } from "./evidence-cards";
import { GuidePart } from "./guide-part";
import { PendingNotice } from "./pending-notice";
import { TreatmentPictures } from "@/components/pictures/treatment-pictures";
import { RouteDrawing } from "./route-drawing";

const PARTS = ["what", "who", "how", "risks", "stay", "recovery", "aftercare"] as const;

/** A treatment from "what it is" to "questions to ask", with the studies behind every figure. */
export function TreatmentGuide({ slug, locale }: { slug: TreatmentSlug; locale: string }) {
  const t = useTranslations("guides");
  return (
    <div className="space-y-gap-l">
      <PendingNotice />
      <div className="grid gap-gap-l lg:grid-cols-[1fr_20rem]">
        <div className="space-y-gap-l">
          {PARTS.map((part) => (
            <GuidePart key={part} id={part} title={t(`label.${part}`)}>
              <p className="max-w-prose">{t(`treatment.${slug}.${part}`)}</p>
              {part === "how" ? (
                <div className="mt-gap-l max-w-3xl empty:hidden">
                  <TreatmentPictures slug={slug} />
                </div>
              ) : null}
            </GuidePart>
          ))}
          <Questions slug={slug} />
        </div>
        <aside className="space-y-gap">
          <RouteDrawing slug={slug} />
          <Facts slug={slug} locale={locale} />
        </aside>
      </div>
      <GuidePart id="evidence" title={t("label.evidence")} lead={t("label.evidenceLead")}>
        <EvidenceCards cards={evidenceForTreatment(slug)} />
      </GuidePart>
    </div>
  );
}

function Questions({ slug }: { slug: TreatmentSlug }) {
  const t = useTranslations("guides");
  return (
    <GuidePart id="questions" title={t("label.questions")}>
      <ul className="prose list-disc ps-6">
        {(["1", "2", "3", "4", "5"] as const).map((key) => (
          <li key={key}>{t(`treatment.${slug}.question.${key}`)}</li>
        ))}
      </ul>
    </GuidePart>
  );
}

function Facts({ slug, locale }: { slug: TreatmentSlug; locale: string }) {
  const t = useTranslations("guides");
  const { access, hospitalDays, nearbyDays, conditions } = treatmentFacts(slug);
  const nights = (range: readonly [number, number]) => t("label.nights", { low: range[0], high: range[1] });
  const devices = devicesFor(slug);
  return (
    <DefinitionList
      facts={[
        ...(access.length === 0
          ? []
          : [{ term: t("label.access"), value: access.map((route) => t(`access.${route}`)).join("; ") }]),
        {
          term: t("label.hospital"),
          value: hospitalDays ? nights(hospitalDays) : t("label.notAdmitted"),
          source: t(`treatment.${slug}.staySource`),
        },
        ...(nearbyDays ? [{ term: t("label.nearby"), value: nights(nearbyDays) }] : []),
        {
          term: t("label.usedFor"),
          value: conditions.map((condition) => (
            <span key={condition} className="block">
              <PlainLink href={`/${locale}/conditions/${condition}`}>
                {t(`condition.${condition}.name`)}
              </PlainLink>
            </span>
          )),
        },
        ...(devices.length === 0
          ? []
          : [
              {
                term: t("label.devicesUsed"),
                value: devices.map((device) => (
                  <span key={device.slug} className="block">
                    <PlainLink href={`/${locale}/devices/${device.slug}`}>{device.name}</PlainLink>
                  </span>
                )),
                source: t("label.compareNone"),
              },
            ]),
      ]}
    />
  );
}
