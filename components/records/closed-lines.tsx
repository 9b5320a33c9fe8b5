import { useTranslations } from "next-intl";
import type { ChecklistLine } from "@/lib/records/checklist";

/** What the heart team will not find among the files, with the coordinator's reason. */
export function ClosedLines({ lines }: { lines: readonly ChecklistLine[] }) {
  const t = useTranslations("records");
  const closed = lines.filter(({ status }) => status === "waived" || status === "not_available");
  if (closed.length === 0) return null;
  return (
    <section aria-labelledby="closed-lines" className="space-y-gap">
      <h2 id="closed-lines" className="text-md">
        {t("closedLines")}
      </h2>
      <ul className="divide-y divide-line">
        {closed.map(({ item, status, reason }) => (
          <li key={item} className="py-cell">
            <p>
              {t(`items.${item}.title`)} <span className="text-ink-soft">· {t(`statuses.${status}`)}</span>
            </p>
            {reason === null ? null : (
              <p dir="auto" className="text-sm text-ink-soft">
                {reason}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
