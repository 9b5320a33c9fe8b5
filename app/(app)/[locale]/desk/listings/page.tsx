import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { revisionsToJudge } from "@/lib/clinics/queries/listing";
import { DESK_ZONE } from "@/lib/desk/clock";
import { requireAnyOf } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.listings");
  return { title: t("title") };
}

export default async function ListingsPage() {
  const approver = await requireAnyOf("admin", "coordinator");
  const revisions = await revisionsToJudge(approver);
  const t = await getTranslations("desk.listings");
  const judge = await getTranslations("cabinet.judge");
  const locale = await getLocale();
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {revisions.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
      <ul className="max-w-3xl divide-y divide-line">
        {revisions.map((revision) => (
          <li key={revision.id} className="flex flex-wrap items-baseline gap-x-4 py-cell">
            <TextLink href={`/${locale}/desk/listings/${revision.id}`}>
              <bdi>{revision.clinic.name}</bdi>
            </TextLink>
            <span className="text-sm text-ink-soft">
              {revision.submittedAt
                ? judge("sentBy", {
                    name: revision.author ?? "–",
                    when: formatMoment(revision.submittedAt, DESK_ZONE, locale),
                  })
                : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
