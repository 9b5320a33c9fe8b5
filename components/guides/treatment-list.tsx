import { useTranslations } from "next-intl";
import { TreatmentMark } from "@/components/pictures/treatment-mark";
import { Card } from "@/components/ui/card";
import { Tag } from "@/components/ui/tag";
import { PlainLink } from "@/components/ui/plain-link";
import { treatmentFacts, type TreatmentSlug } from "@/lib/guides/treatment";

export function TreatmentList({ slugs, locale }: { slugs: readonly TreatmentSlug[]; locale: string }) {
  const t = useTranslations("guides");
  const names = useTranslations("treatments");
  return (
    <ul className="grid gap-gap md:grid-cols-2">
      {slugs.map((slug) => (
        <Card
          key={slug}
          as="li"
          heading={
            <h3 className="text-lg">
              <PlainLink href={`/${locale}/treatments/${slug}`}>{names(slug)}</PlainLink>
            </h3>
          }
        >
          <div className="flex gap-gap-m">
            <TreatmentMark slug={slug} className="w-20! flex-none self-start" />
            <div className="min-w-0 space-y-gap">
              <p className="text-base">{t(`treatment.${slug}.lead`)}</p>
              <Tag>{t(`approach.${treatmentFacts(slug).approach}`)}</Tag>
            </div>
          </div>
        </Card>
      ))}
    </ul>
  );
}
