import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { HelperForm } from "@/components/cases/helper-form";
import { HelperList } from "@/components/cases/helper-list";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { isUuid } from "@/lib/kernel/ids";
import { helperViewOf } from "@/lib/cases/invitation-view";
import { helpersOfCase } from "@/lib/cases/queries";
import { requirePatient } from "@/lib/infra/session";
import { giveAccessAction, revokeAccessAction } from "./actions";

interface HelpersProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("helpers");
  return { title: t("title") };
}

export default async function HelpersPage({ params }: HelpersProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const helpers = isUuid(id) ? await helpersOfCase(patient, id) : null;
  if (!helpers) notFound();
  const t = await getTranslations("helpers");
  const locale = await getLocale();
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-l">
        <Card heading={t("list")}>
          <HelperList
            helpers={helpers.map((helper) => helperViewOf(helper))}
            locale={locale}
            action={revokeAccessAction.bind(null, id)}
          />
        </Card>
        <Card heading={t("ask")}>
          <HelperForm action={giveAccessAction.bind(null, id)} />
        </Card>
      </div>
    </div>
  );
}
