import type { useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";

interface Row {
  event: string;
  facts: unknown;
}

/** What a line of the log says of an examination: "CT of 12 March 2026 (1,500 files)"; null for anything else. */
export function aboutStudy(
  { event, facts }: Row,
  t: ReturnType<typeof useTranslations<"studies">>,
  locale: string,
): string | null {
  if (!["study.downloaded", "record.viewed"].includes(event)) return null;
  if (typeof facts !== "object" || facts === null || !("modality" in facts)) return null;
  const { modality, examOn, files } = facts as Record<string, unknown>;
  const kinds = typeof modality === "string" && modality ? modality : "DICOM";
  const day = typeof examOn === "string" ? formatDay(examOn, locale) : null;
  if (typeof files === "number")
    return day ? t("line", { kinds, day, files }) : t("lineNoDay", { kinds, files });
  return day ? t("looked", { kinds, day }) : kinds;
}
