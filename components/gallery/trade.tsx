import { useLocale, useTranslations } from "next-intl";
import { AccessSentences } from "@/components/cases/access-sentences";
import { CasePath } from "@/components/cases/case-path";
import { Section } from "@/components/gallery/section";
import { FiveSteps } from "@/components/trust/five-steps";

const BY = {
  actorId: "bo",
  actorName: "Bo Lindqvist",
  actorRole: "clinic_reviewer",
  actorClinic: "Herzzentrum Rheintal",
  objectId: null,
};
const EVENTS = [
  {
    key: "1",
    event: "record.viewed",
    ...BY,
    about: "CT thorax.pdf",
    at: new Date("2026-05-04T08:00:00Z"),
    isYou: false,
  },
  { key: "2", event: "access.given", ...BY, about: null, at: new Date("2026-05-03T16:30:00Z"), isYou: true },
];

/** The components that carry the story of a case; the journeys of their features look at them in their pages. */
export function Trade() {
  const t = useTranslations("gallery.say");
  const locale = useLocale();
  return (
    <Section name="trade">
      <div className="grid gap-gap-l md:grid-cols-2">
        <CasePath stage="with_centres" next={t("readingWho")} />
        <div>
          <h3 className="text-lg">{t("saw")}</h3>
          <AccessSentences events={EVENTS} older={null} locale={locale} zone="Europe/Berlin" />
        </div>
      </div>
      <FiveSteps locale={locale} />
    </Section>
  );
}
