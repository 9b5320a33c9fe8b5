import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { UploadLinks } from "@/components/records/upload-links";
import { TextLink } from "@/components/ui/text-link";
import { DESK_ZONE } from "@/lib/desk/clock";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { requireCoordinator } from "@/lib/infra/session";
import { linksOfCase } from "@/lib/records/find-links";
import { showLink } from "@/lib/records/views/upload-link";
import { moveCaseAction, takeCaseAction } from "../actions";
import { createLinkAction, revokeLinkAction } from "./actions";

interface LinksProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("uploadLinks");
  return { title: t("title") };
}

export default async function LinksPage({ params }: LinksProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  const links = facts && (await linksOfCase(coordinator, id));
  if (!facts || !links) notFound();
  const t = await getTranslations("uploadLinks");
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="records"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="max-w-3xl space-y-gap-m">
        <p className="max-w-prose">{t("lead")}</p>
        <p>
          <TextLink href={`/${await getLocale()}/desk/cases/${id}/records`}>{t("back")}</TextLink>
        </p>
        <UploadLinks
          links={links.map((link) => showLink(link, now))}
          zone={DESK_ZONE}
          create={createLinkAction.bind(null, id)}
          revoke={revokeLinkAction.bind(null, id)}
        />
      </div>
    </CaseFrame>
  );
}
