import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

interface MissingPartProps {
  /** The number under which the server logged it. */
  reference: string;
  /** The address of this same page. */
  here: string;
  /** What should stand here, where the place alone does not say it: "Tasks". */
  name?: string;
}

/** Stands where one part of a page could not be fetched. */
export function MissingPart({ reference, here, name }: MissingPartProps) {
  const t = useTranslations("problem");
  return (
    <Notice tone="attention" title={name === undefined ? t("part.title") : t("part.titleOf", { name })}>
      <p>{t("part.body")}</p>
      <p className="flex flex-wrap items-center gap-x-4">
        <a href={here} className="link inline-flex min-h-control items-center">
          {t("part.again")}
        </a>
        <span className="text-sm text-ink-soft">
          {t("reference")}: <bdi>{reference}</bdi>
        </span>
      </p>
    </Notice>
  );
}
