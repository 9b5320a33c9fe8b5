import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { CameBack as LastReturn } from "@/lib/payments/read-came-back";

/** That the last payment to a payee's account came back, when and why; nothing where it did not. */
export function CameBack({ last }: { last: LastReturn | null }) {
  const t = useTranslations("books.releases.cameBack");
  const locale = useLocale();
  if (!last) return null;
  return (
    <Notice tone="attention" title={t("title", { when: formatMoment(last.at, DESK_ZONE, locale) })}>
      <p className="wrap-anywhere">
        <bdi>{last.reason}</bdi>
      </p>
      <p>{t("ask")}</p>
    </Notice>
  );
}
