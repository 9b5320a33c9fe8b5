import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { InvitationCard } from "@/components/cases/invitation-card";
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
        <Unopened
          title={t(seen === null ? "goneTitle" : "joined")}
          lead={seen === null ? t("gone") : undefined}
          link={
            seen === null
              ? { href: `/${locale}/my`, label: t("own") }
              : { href: `/${locale}/my/cases/${seen.caseId}`, label: t("open") }
          }
        />
      )}
    </div>
  );
}

interface UnopenedProps {
  title: string;
  lead: string | undefined;
  link: { href: string; label: string };
}

/** There is nothing to say yes to. */
function Unopened({ title, lead, link }: UnopenedProps) {
  return (
    <>
      <PageHeader title={title} lead={lead} />
      <TextLink href={link.href}>{link.label}</TextLink>
    </>
  );
}
