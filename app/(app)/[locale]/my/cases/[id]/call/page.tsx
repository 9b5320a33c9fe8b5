import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CallForm } from "@/components/messages/call-form";
import { CallList } from "@/components/messages/call-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { caseForActor } from "@/lib/cases/queries";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { callsOfCase } from "@/lib/messages/queries";
import { requestCallAction } from "./actions";

interface CallProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calls");
  return { title: t("title") };
}

export default async function CallPage({ params }: CallProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const found = isUuid(id) ? await caseForActor(patient, id) : null;
  const calls = found && (await callsOfCase(patient, id));
  if (!calls) notFound();
  const t = await getTranslations("calls");
  const waiting = calls.find(({ state }) => state === "asked");
  return (
    <div className="max-w-prose space-y-gap-l">
      <PageHeader title={t("title")} lead={t("lead")} />
      {waiting ? <Notice tone="good">{t("waiting", { phone: waiting.phone })}</Notice> : null}
      {found?.submittedAt ? null : <Notice>{t("unsent")}</Notice>}
      {waiting || !found?.submittedAt ? null : (
        <CallForm phone={found.contactPhone ?? ""} action={requestCallAction.bind(null, id)} />
      )}
      <section aria-labelledby="calls" className="space-y-gap">
        <h2 id="calls" className="text-lg">
          {t("log")}
        </h2>
        <CallList calls={calls} zone={await readerZone()} />
      </section>
    </div>
  );
}
