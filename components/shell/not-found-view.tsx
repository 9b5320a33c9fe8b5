import { useTranslations } from "next-intl";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { EmptyState } from "@/components/ui/empty-state";

/** A stranger's page and no page look the same. */
export function NotFoundView({ locale }: { locale: string }) {
  const t = useTranslations("common.notFound");
  return (
    <EmptyState
      title={<h1 className="text-xl">{t("title")}</h1>}
      opening={0}
      act={
        <span className="flex flex-wrap justify-center gap-gap">
          <PlainLinkButton href={`/${locale}`} look="primary">
            {t("home")}
          </PlainLinkButton>
          <PlainLinkButton href={`/${locale}/clinics`}>{t("clinics")}</PlainLinkButton>
        </span>
      }
    >
      {t("body")}
    </EmptyState>
  );
}
