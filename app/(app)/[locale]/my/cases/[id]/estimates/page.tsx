import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CurrencyForm } from "@/components/clinics/currency-form";
import { ChosenEstimate } from "@/components/estimates/chosen-estimate";
import { EstimateCard } from "@/components/estimates/estimate-card";
import { EstimateSideBySide } from "@/components/estimates/estimate-side-by-side";
import { EstimateComparison } from "@/components/estimates/estimate-comparison";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { bookingsFor } from "@/lib/bookings/queries";
import { caseForActor } from "@/lib/cases/queries";
import { readRights } from "@/lib/cases/read-rights";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { readRates } from "@/lib/estimates/read-rates";
import { estimateView, versionBefore } from "@/lib/estimates/views";
import { estimatePlansView } from "@/lib/logistics/views/estimate-plan";
import { homeCurrency } from "@/lib/guides/home-currency";
import { requirePatient } from "@/lib/infra/session";
import type { Patient } from "@/lib/kernel/actor";
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
  const shown = found.map((row) => estimateView(row, now));
  const open = shown.filter((estimate) => estimate.state === "sent");
  const known = await caseForActor(patient, id);
  const isChoosing = known?.stage === "choosing";
  const currency =
    typeof wished === "string" && isCurrency(wished)
      ? wished
      : (homeCurrency(known?.country ?? null) ?? "EUR");
  // After a booking has ended the case is choosing again, and the earlier choice binds nobody.
  const chosen = isChoosing ? undefined : shown.find((estimate) => estimate.state === "accepted");
  const rates = await readRates([currency, ...shown.map((estimate) => estimate.currency)], now);
  const reading = { currency, rates, locale };
  const address = `/${locale}/my/cases/${id}/estimates`;
  const isCompared = open.length > 1 && !chosen;
  const { decide: decides } = await readRights(patient, id, now);
  // What a booking asks for stands with the booking once there is one.
  const isBooked = await hasBooking(patient, id);
  const planned = isBooked ? [] : open.concat(chosen ?? []);
  const planOf = (estimateId: string) => {
    const row = planned.some((one) => one.id === estimateId) && found.find((one) => one.id === estimateId);
    return row ? estimatePlansView(row) : null;
  };
  const first = chosen ?? (open.length === 1 ? open[0] : undefined);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {found.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
      <div className="space-y-gap-l">
        {chosen ? (
          <ChosenEstimate
            clinicName={chosen.clinicName}
            booking={`/${locale}/my/cases/${id}/booking`}
            isBooked={isBooked}
            mayDecide={decides}
          />
        ) : null}
        {isCompared ? (
          <EstimateComparison estimates={open} reading={reading} address={address} />
        ) : found.length > 0 ? (
          <CurrencyForm action={address} currency={currency} />
        ) : null}
        {isCompared ? (
          <EstimateSideBySide estimates={open} currency={currency} rates={rates} locale={locale} />
        ) : null}
        {shown
          .toSorted((one, other) => Number(other === first) - Number(one === first))
          .map((estimate) => (
            <EstimateCard
              key={estimate.id}
              estimate={estimate}
              beside={{ before: versionBefore(shown, estimate), plan: planOf(estimate.id), reading }}
              locale={locale}
              isOpen={estimate === first}
              isPassedOver={chosen !== undefined && estimate !== chosen}
              accept={decides ? acceptEstimateAction.bind(null, estimate.id) : null}
              reject={decides ? rejectEstimateAction.bind(null, estimate.id) : null}
            />
          ))}
      </div>
    </>
  );
}

async function hasBooking(patient: Patient, caseId: string): Promise<boolean> {
  const [newest] = (await bookingsFor(patient, { caseId, limit: 1 })).items;
  return newest !== undefined && newest.state !== "cancelled";
}
