import { useLocale, useTranslations } from "next-intl";
import { Densities, Section } from "@/components/gallery/section";
import { EmptyState } from "@/components/ui/empty-state";
import { Price } from "@/components/ui/price";
import { Table } from "@/components/ui/table";

const LINES = Array.from({ length: 12 }, (_, index) => index + 1);

export function Tables() {
  const t = useTranslations("gallery.say");
  const locale = useLocale();
  const sum = (minor: bigint) => <Price amountMinor={minor} currency="EUR" locale={locale} />;
  const centres = [
    { name: t("centre"), city: t("cologne"), answer: t("positive"), minor: 3_150_000n },
    { name: t("bohai"), city: t("dalian"), answer: t("more"), minor: 2_240_000n },
  ];
  type Centre = (typeof centres)[number];
  const columns = [
    { key: "name", label: t("centreHead"), cell: (row: Centre) => <bdi>{row.name}</bdi> },
    { key: "city", label: t("city"), cell: (row: Centre) => row.city },
    { key: "answer", label: t("answerHead"), cell: (row: Centre) => row.answer },
    { key: "price", label: t("price"), cell: (row: Centre) => sum(row.minor), numeric: true },
  ];
  const rowKey = (row: Centre) => row.name;
  return (
    <Section name="tables">
      <Densities>
        <Table caption={t("centres")} columns={columns} rows={centres} rowKey={rowKey} stacked />
        <Table
          caption={t("lines")}
          columns={[
            { key: "line", label: t("what"), cell: (line: number) => t("line", { n: line }) },
            {
              key: "sum",
              label: t("sum"),
              cell: (line: number) => sum(BigInt(line) * 123_450n),
              numeric: true,
            },
          ]}
          rows={LINES}
          rowKey={String}
        />
        <Table
          caption={t("centres")}
          columns={columns}
          rows={[]}
          rowKey={rowKey}
          empty={<EmptyState title={t("empty")} />}
        />
      </Densities>
    </Section>
  );
}
