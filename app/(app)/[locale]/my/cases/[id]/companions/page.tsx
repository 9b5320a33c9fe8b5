import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CompanionForm } from "@/components/cases/companion-form";
import { CompanionList } from "@/components/cases/companion-list";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { isUuid } from "@/lib/kernel/ids";
import { companionViewOf } from "@/lib/cases/invitation-view";
import { companionsOfCase } from "@/lib/cases/queries";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { giveAccessAction, revokeAccessAction } from "./actions";

interface CompanionsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("companions");
  return { title: t("title") };
}

export default async function CompanionsPage({ params }: CompanionsProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const companions = isUuid(id) ? await companionsOfCase(patient, id) : null;
  if (!companions) notFound();
  const t = await getTranslations("companions");
  const locale = await getLocale();
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-l">
        <Card heading={t("list")}>
          <CompanionList
            companions={companions.map((companion) => companionViewOf(companion))}
            locale={locale}
            zone={await readerZone()}
            action={revokeAccessAction.bind(null, id)}
          />
        </Card>
        <Card heading={t("ask")}>
          <CompanionForm action={giveAccessAction.bind(null, id)} />
        </Card>
      </div>
    </div>
  );
}
