import { useTranslations } from "next-intl";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import type { Approval } from "@/lib/guides/approval";
import { REGIONS, type Region } from "@/lib/guides/region";

/** Every area in one row, also those without an approval: "nowhere said" is an answer too. */
export function ApprovalsTable({ approvals }: { approvals: readonly Approval[] }) {
  const t = useTranslations("guides.label");
  const authority = useTranslations("guides.authority");
  const of = (region: Region) => approvals.find((approval) => approval.region === region);
  return (
    <Table<Region>
      caption={t("approvals")}
      hideCaption
      stacked
      columns={[
        { key: "region", label: t("region"), cell: (region) => authority(region) },
        { key: "status", label: t("status"), cell: (region) => <Status approval={of(region)} /> },
        { key: "since", label: t("since"), cell: (region) => <Since approval={of(region)} /> },
        { key: "source", label: t("source"), cell: (region) => <Source approval={of(region)} /> },
      ]}
      rows={REGIONS}
      rowKey={(region) => region}
    />
  );
}

function Status({ approval }: { approval: Approval | undefined }) {
  const t = useTranslations("guides.label");
  if (approval === undefined) return <StateTag>{t("notApproved")}</StateTag>;
  return approval.status === "approved" ? (
    <StateTag tone="good">{t("approved")}</StateTag>
  ) : (
    <StateTag tone="attention">{t("trial")}</StateTag>
  );
}

/** A day or a year as it is told, or the year it was already so. */
function Since({ approval }: { approval: Approval | undefined }) {
  const t = useTranslations("guides.label");
  if (approval === undefined) return "–";
  const [, year] = /^before (\d{4})$/.exec(approval.date) ?? [];
  return year === undefined ? approval.date : t("before", { year });
}

function Source({ approval }: { approval: Approval | undefined }) {
  const t = useTranslations("guides.label");
  if (approval === undefined) return "–";
  return (
    <span className="text-sm">
      {approval.verified ? <bdi>{approval.source}</bdi> : `${t("generalKnowledge")} (${t("toCheck")})`}
    </span>
  );
}
