import { useTranslations } from "next-intl";
import type { EmergencyEntry } from "@/components/guides/emergency-finder";

/** Every number the list knows, to read and to print. */
export function EmergencyTable({
  entries,
  writtenOn,
}: {
  entries: readonly EmergencyEntry[];
  writtenOn: string;
}) {
  const t = useTranslations("emergency.table");
  return (
    <section className="text-base">
      <table className="w-full columns-1">
        <caption className="pb-2 text-start text-xl font-semibold">{t("caption")}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("country")}</th>
            <th scope="col">{t("ambulance")}</th>
          </tr>
        </thead>
        <tbody className="grid gap-x-gap-l sm:grid-cols-2 lg:grid-cols-3">
          {entries.map((entry) => (
            <tr key={entry.country} className="flex items-baseline justify-between border-b border-line py-1">
              <th scope="row" className="text-start font-normal">
                <bdi>{entry.name}</bdi>
              </th>
              <td dir="ltr" className="space-x-2 whitespace-nowrap">
                {entry.ambulance.map((number) => (
                  <a
                    key={number}
                    href={`tel:${number}`}
                    className="link inline-block px-1 py-1 font-semibold"
                  >
                    {number}
                  </a>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-gap max-w-prose">{t("other")}</p>
      <p className="max-w-prose text-sm text-ink-soft">{t("source", { day: writtenOn })}</p>
    </section>
  );
}
