import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { EstimateCard } from "@/components/estimates/estimate-card";
import { EstimateComparison } from "@/components/estimates/estimate-comparison";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { readRights } from "@/lib/cases/read-rights";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { readRates } from "@/lib/estimates/read-rates";
import { estimateView } from "@/lib/estimates/views";
import { requirePatient } from "@/lib/infra/session";
import { isCurrency } from "@/lib/kernel/money";
import { acceptEstimateAction, rejectEstimateAction } from "./actions";

interface EstimatesProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ currency?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.estimates");
  return { title: t("title") };
}

export default async function EstimatesPage({ params, searchParams }: EstimatesProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const found = await estimatesOfCase(patient, id);
  if (!found) notFound();
  const t = await getTranslations("my.estimates");
  const locale = await getLocale();
  const now = new Date();
  const { currency: wished } = await searchParams;
  const currency = typeof wished === "string" && isCurrency(wished) ? wished : "EUR";
  const shown = found.map((row) => estimateView(row, now));
  const open = shown.filter((estimate) => estimate.state === "sent");
  const rates = await readRates([currency, ...open.map((estimate) => estimate.currency)], now);
  const { decide: decides } = await readRights(patient, id, now);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {found.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
      <div className="space-y-gap-l">
        {open.length > 1 ? (
          <EstimateComparison
            estimates={open}
            currency={currency}
            rates={rates}
            address={`/${locale}/my/cases/${id}/estimates`}
            locale={locale}
          />
        ) : null}
        {shown.map((estimate) => (
          <section key={estimate.id} id={`estimate-${estimate.id}`} className="scroll-mt-4">
            <EstimateCard
              estimate={estimate}
              locale={locale}
              accept={decides ? acceptEstimateAction.bind(null, estimate.id) : null}
              reject={decides ? rejectEstimateAction.bind(null, estimate.id) : null}
            />
          </section>
        ))}
      </div>
    </>
  );
}
