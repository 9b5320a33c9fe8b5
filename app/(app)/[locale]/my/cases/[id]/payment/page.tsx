import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { formatMoney } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requirePatient, systemActor } from "@/lib/infra/session";
import { readSessionPayment } from "@/lib/payments/read-session-payment";
import { settlePayment } from "@/lib/payments/settle-payment";

interface PaymentProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.payment");
  return { title: t("title") };
}

/** Where the payment page sends people back to. What counts is what the provider says, not that somebody came here. */
export default async function PaymentPage({ params, searchParams }: PaymentProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const { session } = await searchParams;
  const before = typeof session === "string" ? await readSessionPayment(patient, id, session) : null;
  if (!before) notFound();
  if (before.state !== "succeeded") await settlePayment(systemActor("payment-page"), before.id, new Date());
  const payment = (await readSessionPayment(patient, id, String(session))) ?? before;
  const t = await getTranslations("my.payment");
  const locale = await getLocale();
  const tone = { succeeded: "good", failed: "attention", expired: "attention" } as const;
  const state =
    payment.state === "succeeded" || payment.state === "failed" || payment.state === "expired"
      ? payment.state
      : null;
  const amount = formatMoney(payment.amountMinor, payment.currency, locale);
  const what = payment.planItem
    ? (await getTranslations("planItems"))(payment.planItem.kind as "deposit")
    : t("opinion");
  const place = payment.planItem ? "booking" : "orders";
  return (
    <div className="max-w-prose space-y-gap-l">
      <PageHeader title={t("title")} lead={t("amount", { amount, what })} />
      <Notice tone={state ? tone[state] : "info"} live>
        <p>{state ? t(state) : t("checking")}</p>
        {state === "succeeded" ? <p>{t("receipt")}</p> : null}
      </Notice>
      <div className="flex flex-wrap gap-gap">
        <LinkButton look="primary" href={`/${locale}/my/cases/${id}/${place}`}>
          {payment.planItem ? t("back") : t("backToOpinion")}
        </LinkButton>
        {state === null ? (
          <LinkButton
            href={`/${locale}/my/cases/${id}/payment?session=${encodeURIComponent(String(session))}`}
          >
            {t("reload")}
          </LinkButton>
        ) : null}
      </div>
    </div>
  );
}
