import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { CodeInput } from "@/components/people/code-input";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { requireOwner } from "@/lib/infra/session";
import { safeNext } from "@/lib/people/person";
import { confirmAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("again.confirm");
  return { title: t("title") };
}

interface ConfirmPageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

/** A fresh second step before money or rights move, for a browser that runs no script; the dialog over the page does the same. */
export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const { identity } = await requireOwner();
  const { next } = await searchParams;
  const back = safeNext(typeof next === "string" ? next : null, `/${await getLocale()}/account`);
  if (!identity.hasFactor) redirect(back);
  const t = await getTranslations("again");
  return (
    <div className="max-w-prose space-y-gap-m">
      <PageHeader title={t("confirm.title")} lead={t("confirm.page.lead")} />
      <Card>
        <ActionForm action={confirmAction}>
          <Field name="code" label={t("code")} hint={t("codeHint")}>
            <CodeInput digitsOnly={false} />
          </Field>
          <SubmitButton>{t("confirm.page.submit")}</SubmitButton>
        </ActionForm>
      </Card>
      <TextLink href={back}>{t("confirm.page.back")}</TextLink>
    </div>
  );
}
