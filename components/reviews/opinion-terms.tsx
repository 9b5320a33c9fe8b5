import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";

/** What a second opinion is, who gets its fee and when the fee comes back: read before anything is ordered. */
export function OpinionTerms({ answerDays }: { answerDays: number }) {
  const t = useTranslations("opinions");
  const parts = [
    [t("what"), t("whatText")],
    [t("who"), t("whoText")],
    [t("when"), t("whenText", { days: answerDays })],
    [t("back"), t("backText")],
  ] as const;
  return (
    <Card>
      <dl className="max-w-prose space-y-gap">
        {parts.map(([name, text]) => (
          <div key={name}>
            <dt className="font-semibold">{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="max-w-prose text-ink-soft">{t("free")}</p>
    </Card>
  );
}
