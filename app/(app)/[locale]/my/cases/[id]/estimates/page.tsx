import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { EstimateCard } from "@/components/estimates/estimate-card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { readRights } from "@/lib/cases/read-rights";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { estimateView } from "@/lib/estimates/views";
import { requirePatient } from "@/lib/infra/session";
import { acceptEstimateAction, rejectEstimateAction } from "./actions";

interface EstimatesProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.estimates");
  return { title: t("title") };
}

export default async function EstimatesPage({ params }: EstimatesProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const found = await estimatesOfCase(patient, id);
  if (!found) notFound();
  const t = await getTranslations("my.estimates");
  const locale = await getLocale();
  const now = new Date();
  const { decide: decides } = await readRights(patient, id, now);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {found.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
      <div className="space-y-gap-l">
        {found.map((row) => (
          <EstimateCard
            key={row.id}
            estimate={estimateView(row, now)}
            locale={locale}
            accept={decides ? acceptEstimateAction.bind(null, row.id) : null}
            reject={decides ? rejectEstimateAction.bind(null, row.id) : null}
          />
        ))}
      </div>
    </>
  );
}
