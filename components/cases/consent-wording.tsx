import { useLocale, useTranslations } from "next-intl";
import type { ConsentText } from "@/lib/cases/consent-text";

/** The words somebody agrees to, in the language they were worded in and in its reading order. */
export function ConsentWording({ text }: { text: ConsentText }) {
  const t = useTranslations("common.english");
  const isOwn = useLocale() === text.language;
  return (
    <div className="space-y-gap">
      {isOwn ? null : (
        <p className="border-s-4 border-attention bg-attention-tint p-4 text-base">{t("wording")}</p>
      )}
      <div lang={text.language} dir={isOwn ? undefined : "auto"} className="space-y-gap whitespace-pre-line">
        {text.body}
      </div>
    </div>
  );
}
