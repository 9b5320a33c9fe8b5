import { useLocale, useTranslations } from "next-intl";
import { reasonWords } from "@/components/records/reason-words";
import { formatAge } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { showChecklistLine } from "@/lib/records/views/record";

type Item = ReturnType<typeof showChecklistLine>;

/** A centre asked for it by name, whatever the treatment's own list says. */
function isAsked({ status, reason }: Item): boolean {
  return status === "missing" && reason !== null;
}

/** What the heart team needs, in its two phases, with what is there and what is still open. */
export function ChecklistTable({ items }: { items: readonly Item[] }) {
  const t = useTranslations("records");
  const locale = useLocale();
  const tone = (status: Item["status"]) =>
    status === "accepted" || status === "waived"
      ? "good"
      : status === "missing" || status === "given"
        ? "info"
        : "attention";
  return (
    <div className="space-y-gap-m">
      {([1, 2] as const).map((phase) => (
        <section key={phase} className="space-y-gap">
          <h3 className="font-semibold">{t(`phases.${phase}`)}</h3>
          <ul className="divide-y divide-line">
            {items
              .filter((item) => item.phase === phase)
              .map((item) => (
                <li key={item.item} className="flex flex-wrap items-start justify-between gap-gap py-gap">
                  <div className="max-w-prose min-w-0">
                    <p>
                      {t(`items.${item.item}.title`)}{" "}
                      <span className="text-sm text-ink-soft">
                        ({isAsked(item) ? t("asked") : t(`needs.${item.need}`)})
                      </span>
                    </p>
                    <p className="text-sm text-ink-soft">{t(`items.${item.item}.why`)}</p>
                    {item.centre !== null && item.maxAgeDays !== null ? (
                      <p className="text-sm">
                        {t("centreAge", {
                          centre: `\u2068${item.centre}\u2069`,
                          age: formatAge(item.maxAgeDays, locale),
                        })}
                      </p>
                    ) : null}
                    {item.reason ? (
                      <p className="text-sm" dir="auto">
                        {reasonWords(t, item.reason)}
                      </p>
                    ) : null}
                  </div>
                  <StateTag tone={tone(item.status)}>{t(`statuses.${item.status}`)}</StateTag>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
