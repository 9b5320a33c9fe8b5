import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { StaffActs } from "@/components/desk/staff-acts";
import { FactorWords, RoleTags } from "@/components/desk/staff-words";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { DefinitionList } from "@/components/ui/facts";
import { formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { type StaffMember, staffMemberFor } from "@/lib/desk/queries/staff";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireAnyOf } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { changeRolesAction, removeFactorsAction, signOutStaffAction } from "./actions";

interface StaffPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff");
  return { title: t("title") };
}

export default async function StaffPage({ params }: StaffPageProps) {
  const admin = await requireAnyOf("admin");
  const { id } = await params;
  const member = isUuid(id) ? await staffMemberFor(admin, id) : null;
  if (!member) notFound();
  const t = await getTranslations("staff");
  const locale = await getLocale();
  const crumbs = [{ href: `/${locale}/desk/people`, label: t("title") }];
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={t("crumbs")} crumbs={crumbs} />}
        title={<bdi>{member.name}</bdi>}
      />
      <div className="max-w-3xl space-y-gap-l">
        <Facts member={member} />
        {member.id === admin.personId ? (
          <Notice tone="info" title={t("own")}>
            <p>{t("ownLead")}</p>
            <TextLink href={`/${locale}/account`}>{t("ownLink")}</TextLink>
          </Notice>
        ) : (
          <StaffActs
            member={member}
            changeRoles={changeRolesAction.bind(null, id)}
            signOut={signOutStaffAction.bind(null, id)}
            removeFactors={removeFactorsAction.bind(null, id)}
          />
        )}
      </div>
    </>
  );
}

async function Facts({ member }: { member: StaffMember }) {
  const t = await getTranslations("staff");
  const { email, clinic, roles, seenAt, factors } = member;
  const hasFactor = factors.hasApp || factors.passkeys > 0;
  return (
    <DefinitionList
      facts={[
        { term: t("email"), value: <bdi className="wrap-anywhere">{email}</bdi> },
        { term: t("place"), value: <bdi>{clinic?.name ?? t("operator")}</bdi> },
        { term: t("roles"), value: <RoleTags roles={roles} /> },
        {
          term: t("factors"),
          value: <FactorWords factors={factors} />,
          ...(hasFactor ? { source: t("factor.codes", { count: factors.recoveryCodes }) } : {}),
        },
        {
          term: t("seen"),
          value: seenAt ? formatMoment(seenAt, await readerZone(), await getLocale()) : t("never"),
        },
      ]}
    />
  );
}
