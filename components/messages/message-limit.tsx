import { useLocale, useTranslations } from "next-intl";
import { LettersLeft } from "@/components/messages/letters-left";
import { formatNumber } from "@/components/ui/format";
import { MESSAGE_MAX } from "@/lib/messages/message";

/** Stands in the form of a message: says how long one may be once the words come near it. Nothing is ever cut. */
export function MessageLimit() {
  const t = useTranslations("my.messages");
  const locale = useLocale();
  const limit = formatNumber(MESSAGE_MAX, locale);
  return (
    <LettersLeft
      limit={MESSAGE_MAX}
      locale={locale}
      words={{ count: t("count", { count: "{count}", limit }), over: t("over", { limit }) }}
    />
  );
}
