import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ResumeLink } from "@/components/cases/resume-link";
import { ActionForm } from "@/components/ui/action-form";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { readCurrentDraft } from "@/lib/cases/read-draft";
import { resumeDraftAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake.resume");
  return { title: t("title") };
}

/** Where the link of a mail leads. Nothing opens before its button is pressed. */
export default async function ResumePage() {
  const t = await getTranslations("intake.resume");
  const locale = await getLocale();
  const kept = await readCurrentDraft();
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {kept && !("patient" in kept.keeper) ? (
        <div className="mb-gap-m">
          <Notice tone="attention">
            <p>{t("other")}</p>
            <TextLink href={`/${locale}/start/later`}>{t("keepOther")}</TextLink>
          </Notice>
        </div>
      ) : null}
      <ActionForm action={resumeDraftAction}>
        <ResumeLink submit={t("submit")} paste={t("paste")} hint={t("pasteHint")} />
      </ActionForm>
    </>
  );
}
