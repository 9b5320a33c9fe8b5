import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { InvitationCard } from "@/components/cases/invitation-card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { readInvitation } from "@/lib/cases/read-invitation";
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
  const person = await requirePatient();
  const { token } = await params;
  const t = await getTranslations("companions.invitation");
  const locale = await getLocale();
  const seen = await readInvitation(person, token, new Date());
  return (
    <div className="max-w-prose">
      {seen?.state === "invited" ? (
        <>
          <PageHeader title={t.rich("asks", { name: () => <bdi>{seen.from.name}</bdi> })} lead={t("lead")} />
          <InvitationCard
            from={seen.from}
            scopes={seen.scopes}
            token={token}
            action={acceptInvitationAction}
          />
        </>
      ) : (
        <>
          <PageHeader title={t("title")} />
          {seen === null ? (
            <EmptyState title={t("goneTitle")} act={<TextLink href={`/${locale}/my`}>{t("own")}</TextLink>}>
              {t("gone")}
            </EmptyState>
          ) : (
            <EmptyState
              title={t("joined")}
              act={<TextLink href={`/${locale}/my/cases/${seen.caseId}`}>{t("open")}</TextLink>}
            />
          )}
        </>
      )}
    </div>
  );
}
