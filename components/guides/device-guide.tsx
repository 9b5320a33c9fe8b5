import { useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { PlainLink } from "@/components/ui/plain-link";
import { deviceFacts, type DeviceFacts, type DeviceSlug } from "@/lib/guides/device";
import { evidenceForDevice } from "@/lib/guides/evidence";
import { DevicePictures } from "@/components/pictures/treatment-pictures";
import { ApprovalsTable } from "./approvals-table";
import { EvidenceCards } from "./evidence-cards";
import { GuidePart } from "./guide-part";
import { PendingNotice } from "./pending-notice";

/** A device: how it works, what to ask, where it is approved, what studies found. */
export function DeviceGuide({ slug, locale }: { slug: DeviceSlug; locale: string }) {
  const t = useTranslations("guides");
  const device = deviceFacts(slug);
  return (
    <div className="space-y-gap-l">
      <PendingNotice />
      <div className="grid gap-gap-l lg:grid-cols-[1fr_20rem]">
        <div className="space-y-gap-l">
          <GuidePart id="how" title={t("label.howItWorks")}>
            <p className="max-w-prose">{t(`device.${slug}.how`)}</p>
            <div className="mt-gap-l max-w-3xl empty:hidden">
              <DevicePictures slug={slug} />
            </div>
          </GuidePart>
          <GuidePart id="watch" title={t("label.watch")}>
            <p className="max-w-prose">{t(`device.${slug}.watch`)}</p>
          </GuidePart>
          <GuidePart id="approvals" title={t("label.approvals")} lead={t("label.approvalsLead")}>
            <ApprovalsTable approvals={device.regulatory} />
          </GuidePart>
        </div>
        <aside>
          <Facts device={device} locale={locale} />
        </aside>
      </div>
      <GuidePart id="evidence" title={t("label.evidence")} lead={t("label.evidenceLead")}>
        <EvidenceCards cards={evidenceForDevice(slug)} />
      </GuidePart>
    </div>
  );
}

function Facts({ device, locale }: { device: DeviceFacts; locale: string }) {
  const t = useTranslations("guides");
  // Only a device whose sizes are known has words for them.
  const sizes = device.sizes.length === 0 ? "" : t(`device.${device.slug}.sizes` as "device.pascal.sizes");
  const lines = (texts: readonly string[]) =>
    texts.map((text) => (
      <bdi key={text} className="block">
        {text}
      </bdi>
    ));
  return (
    <DefinitionList
      facts={[
        { term: t("label.maker"), value: device.maker },
        { term: t("label.what"), value: t(`design.${device.design}`) },
        { term: t("label.usedFor"), value: lines(device.indications.map((code) => t(`indication.${code}`))) },
        { term: t("label.access"), value: lines(device.access.map((route) => t(`access.${route}`))) },
        {
          term: t("label.sizes"),
          value: device.sizes.length === 0 ? "–" : lines(sizes.split("\n")),
          source: t(`device.${device.slug}.sizeSource`),
        },
        {
          term: t("label.treatments"),
          value: device.treatments.map((treatment) => (
            <span key={treatment} className="block">
              <PlainLink href={`/${locale}/treatments/${treatment}`}>
                {t(`treatment.${treatment}.short`)}
              </PlainLink>
            </span>
          )),
        },
      ]}
    />
  );
}
