import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { PageHeader } from "@/components/ui/page-header";

interface GuideFrameProps {
  locale: string;
  title: string;
  lead: string;
  /** What is known already when somebody begins from this guide: "treatment=teer". */
  begin?: string;
  children: ReactNode;
}

/** What every guide has in common: the way back to all of them, its name and lead, and the way to begin. */
export function GuideFrame({ locale, title, lead, begin, children }: GuideFrameProps) {
  const t = useTranslations("guides.label");
  const nav = useTranslations("common.nav");
  const start = `/${locale}/start${begin === undefined ? "" : `?${begin}`}`;
  return (
    <>
      <PageHeader
        above={
          <Breadcrumbs
            label={t("way")}
            crumbs={[{ href: `/${locale}/treatments`, label: t("treatments") }]}
          />
        }
        title={title}
        lead={<p>{lead}</p>}
        act={
          <PlainLinkButton href={start} look="primary">
            {nav("start")}
          </PlainLinkButton>
        }
      />
      <div className="space-y-gap-l">{children}</div>
    </>
  );
}
