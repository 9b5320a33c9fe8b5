import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { MailList } from "@/components/people/mail-list";
import { PageHeader } from "@/components/ui/page-header";
import { PatientShell } from "@/components/shell/patient-shell";
import { OPERATOR } from "@/lib/guides/operator";
import { isDemo } from "@/lib/infra/env";
import { normalEmail } from "@/lib/people/person";
import { mailbox } from "@/lib/people/queries";

interface SearchProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.mailbox");
  return { title: t("title") };
}

export default async function MailboxPage({ searchParams }: SearchProps) {
  if (!isDemo()) notFound();
  const t = await getTranslations("account.mailbox");
  const locale = await getLocale();
  const { to } = await searchParams;
  const wanted = typeof to === "string" ? normalEmail(to) : null;
  const mails = await mailbox(wanted);
  return (
    <PatientShell locale={locale} phone={OPERATOR.phone} nav={[]}>
      <PageHeader title={t("title")} lead={t("lead")} />
      <form method="get" className="mb-gap-l flex max-w-prose flex-wrap items-end gap-gap">
        <label className="grow space-y-1.5">
          <span className="field-label">{t("filter")}</span>
          <input className="control" type="email" name="to" defaultValue={wanted ?? ""} />
        </label>
        <button type="submit" className="button button-quiet">
          {t("show")}
        </button>
      </form>
      <MailList mails={mails} locale={locale} />
    </PatientShell>
  );
}
