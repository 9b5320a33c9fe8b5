import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { DraftLink } from "@/components/cases/draft-link";
import { NotKept } from "@/components/cases/not-kept";
import { formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { dayOf } from "@/lib/kernel/day";
import { mustSeekHelp } from "@/lib/cases/intake";
import { readCurrentDraft } from "@/lib/cases/read-draft";
import { flagsOf } from "@/lib/cases/views";
import { closeDraftAction, sendDraftLinkAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake.later");
  return { title: t("title") };
}

interface LaterProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Somebody breaks off: where the answers are, and how to come back to them from anywhere. */
export default async function LaterPage({ searchParams }: LaterProps) {
  const t = await getTranslations("intake.later");
  const locale = await getLocale();
  const kept = await readCurrentDraft();
  // A warning sign comes before everything else, breaking off too.
  if (!kept || mustSeekHelp({ ...kept.facts, redFlags: flagsOf(kept.facts.redFlags) ?? {} }))
    redirect(`/${locale}/start`);
  const isOwn = "patient" in kept.keeper;
  const day = formatDay(dayOf(kept.facts.nextDueAt ?? new Date()), locale);
  const { left } = await searchParams;
  return (
    <>
      <PageHeader title={t("title")} lead={isOwn ? t("account") : t("until", { day })} />
      {typeof left === "string" ? <NotKept fields={left.split(",")} /> : null}
      {isOwn ? (
        <p className="mb-gap-m">
          <TextLink href={`/${locale}/my`}>{t("accountLink")}</TextLink>
        </p>
      ) : (
        <DraftLink
          email={kept.facts.contactEmail}
          action={sendDraftLinkAction.bind(null, kept.facts.id)}
          close={closeDraftAction}
        />
      )}
      <p className="mt-gap-l">
        <LinkButton href={`/${locale}/start`}>{t("on")}</LinkButton>
      </p>
    </>
  );
}
