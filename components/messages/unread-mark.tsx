import { useTranslations } from "next-intl";
import { StateTag } from "@/components/ui/tag";

/** How many messages the reader has not read; nothing when there is none. */
export function UnreadMark({ count }: { count: number }) {
  const t = useTranslations("unread");
  return count === 0 ? null : <StateTag tone="info">{t("mark", { count })}</StateTag>;
}
