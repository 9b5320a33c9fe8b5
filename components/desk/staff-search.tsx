import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";

/** Finds staff by a part of what is known of them: a plain form whose answer is an address. */
export function StaffSearch({ q, action }: { q: string | undefined; action: string }) {
  const t = useTranslations("staff");
  return (
    <form action={action} method="get" className="mb-gap-m flex flex-wrap items-end gap-gap" role="search">
      <label className="min-w-0 flex-1 basis-56 sm:max-w-sm">
        <span className="field-label text-sm">{t("search")}</span>
        <input type="search" name="q" defaultValue={q} maxLength={100} className="control" />
      </label>
      <button type="submit" className="button button-primary">
        {t("find")}
      </button>
      {q === undefined ? null : (
        <span className="inline-flex min-h-control items-center">
          <TextLink href={action}>{t("clear")}</TextLink>
        </span>
      )}
    </form>
  );
}
