import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { Uploader } from "@/components/records/uploader";
import { Card } from "@/components/ui/card";
import { formatBytes, formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Words } from "@/i18n/words";
import { clientAddress } from "@/lib/infra/client-address";
import { readerZone } from "@/lib/infra/reader-zone";
import { linkPageOf } from "@/lib/records/open-link";

/** Nobody finds this page by a search, and no other site learns its address. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("uploadLinks.send");
  return { title: t("title"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

/** Where an imaging centre sends a study to, by a secret link. It shows nothing of the patient and nothing of the case. */
export default async function SendPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await linkPageOf(token, clientAddress(await headers()), new Date());
  const t = await getTranslations("uploadLinks.send");
  if (!found.ok && found.reason === "not_found") notFound();
  if (!found.ok) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice tone="attention" title={t("closedTitle")}>
          {t(found.reason === "too_many" ? "wait" : "closed")}
        </Notice>
      </>
    );
  }
  const { reference, note, expiresAt, filesMax, bytesMax } = found.value;
  const locale = await getLocale();
  const size = formatBytes(bytesMax, locale);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-l">
        <p>
          {t("reference")} <bdi className="font-semibold whitespace-nowrap">{reference}</bdi>
        </p>
        {note ? (
          <blockquote className="border-s-4 border-line ps-gap" dir="auto">
            {note}
          </blockquote>
        ) : null}
        <Card heading={t("files")}>
          <Words of={["uploads"]}>
            <Uploader
              endpoint={`/api/v1/upload-links/${encodeURIComponent(token)}/uploads`}
              items={[]}
              unfinished={null}
            />
          </Words>
        </Card>
        <p className="text-sm text-ink-soft">
          {t("limits", { files: filesMax, size, when: formatMoment(expiresAt, await readerZone(), locale) })}
        </p>
        <p className="text-sm text-ink-soft">{t("privacy")}</p>
      </div>
    </>
  );
}
