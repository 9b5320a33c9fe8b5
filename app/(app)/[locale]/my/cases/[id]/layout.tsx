import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { CaseTabs } from "@/components/cases/case-tabs";
import { CompanionRights } from "@/components/cases/companion-rights";
import { isUuid } from "@/lib/kernel/ids";
import { visitCase } from "@/lib/cases/open-case";
import { readRights } from "@/lib/cases/read-rights";
import { unreadOfCases } from "@/lib/messages/queries";
import { requirePatient } from "@/lib/infra/session";

interface CaseLayoutProps {
  children: ReactNode;
  params: Promise<{ id: string }>;
}

export default async function CaseLayout({ children, params }: CaseLayoutProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const now = new Date();
  const found = isUuid(id) ? await visitCase(patient, id, now) : null;
  if (!found) notFound();
  const rights = await readRights(patient, id, now);
  const unread = (await unreadOfCases(patient, [id])).get(id) ?? 0;
  const locale = await getLocale();
  const t = await getTranslations("treatments");
  return (
    <>
      <p className="mb-gap text-ink-soft">
        {t((found.treatment ?? "not-sure") as "not-sure")}{" "}
        <bdi className="whitespace-nowrap">{found.number}</bdi>
      </p>
      {rights.decide ? null : <CompanionRights rights={rights} />}
      <CaseTabs base={`/${locale}/my/cases/${id}`} rights={rights} unread={unread} />
      {children}
    </>
  );
}
