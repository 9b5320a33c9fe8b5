import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { UploadLinks } from "@/components/records/upload-links";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { linksOfCase } from "@/lib/records/find-links";
import { showLink } from "@/lib/records/views/upload-link";
import { createLinkAction, revokeLinkAction } from "./actions";

interface LinksProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("uploadLinks");
  return { title: t("title") };
}

export default async function LinksPage({ params }: LinksProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const links = isUuid(id) ? await linksOfCase(patient, id) : null;
  if (!links) notFound();
  const t = await getTranslations("uploadLinks");
  const now = new Date();
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lead={t("lead")} />
      <p className="mb-gap-m">
        <TextLink href={`/${await getLocale()}/my/cases/${id}/records`}>{t("back")}</TextLink>
      </p>
      <UploadLinks
        links={links.map((link) => showLink(link, now))}
        zone={await readerZone()}
        create={createLinkAction.bind(null, id)}
        revoke={revokeLinkAction.bind(null, id)}
      />
    </div>
  );
}
