import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/ui/action-form";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { requirePatient } from "@/lib/infra/session";
import { acceptInvitationAction } from "./actions";

interface InvitationProps {
  params: Promise<{ token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("companions.invitation");
  return { title: t("title") };
}

/** Opening the link does nothing: mail scanners open links too. The button accepts. */
export default async function InvitationPage({ params }: InvitationProps) {
  await requirePatient();
  const { token } = await params;
  const t = await getTranslations("companions.invitation");
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ActionForm action={acceptInvitationAction}>
        <input type="hidden" name="token" value={token} />
        <SubmitButton>{t("accept")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
