import { useTranslations } from "next-intl";
import { Table } from "@/components/ui/table";

const CAUSES = [
  "early",
  "late",
  "visa",
  "centre",
  "untreatable",
  "worse",
  "force",
  "fault",
  "noshow",
  "surplus",
] as const;

type Cause = (typeof CAUSES)[number];

export function RefundTable() {
  const t = useTranslations("trust.pays.table");
  const column = (key: "cause" | "a" | "b" | "f") => ({
    key,
    label: t(key),
    cell: (row: Cause) => t(`rows.${row}.${key}`),
  });
  return (
    <div className="min-w-0 text-base">
      <Table<Cause>
        caption={t("caption")}
        hideCaption
        stacked
        columns={[column("cause"), column("a"), column("b"), column("f")]}
        rows={CAUSES}
        rowKey={(row) => row}
      />
    </div>
  );
}
