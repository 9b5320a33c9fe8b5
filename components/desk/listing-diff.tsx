import { useTranslations } from "next-intl";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import type { ListingChange } from "@/lib/clinics/listing";
import { remarkName } from "@/lib/desk/forms/listing";
import { ListingValue } from "./listing-value";
import { PathWords } from "./listing-words";

const TONES = { added: "good", removed: "danger", changed: "attention" } as const;

interface ListingDiffProps {
  changes: readonly ListingChange[];
  /** The id of the form that takes a remark on each change; left out where nothing is judged. */
  remarkForm?: string;
}

/** What a proposal would change on the public page: now on one side, asked for on the other. */
export function ListingDiff({ changes, remarkForm }: ListingDiffProps) {
  const t = useTranslations("desk.listings");
  const judge = useTranslations("cabinet.judge");
  return (
    <Table
      caption={judge("changes")}
      hideCaption
      stacked
      rows={changes}
      rowKey={(row) => row.path}
      empty={<p className="text-ink-soft">{t("same")}</p>}
      columns={[
        {
          key: "field",
          label: t("field"),
          cell: (row) => (
            <div className="space-y-1 sm:max-w-64">
              <span className="flex flex-wrap items-center gap-2">
                <PathWords path={row.path} name={nameIn(row.after ?? row.before)} />{" "}
                <StateTag tone={TONES[row.kind]}>{t(`kinds.${row.kind}`)}</StateTag>
              </span>
              {remarkForm ? <RemarkField path={row.path} form={remarkForm} /> : null}
            </div>
          ),
        },
        {
          key: "before",
          label: t("before"),
          cell: ({ path, before, after }) => (
            <ListingValue part={path} value={before} other={after} side="before" />
          ),
        },
        {
          key: "after",
          label: t("after"),
          cell: ({ path, before, after }) => (
            <ListingValue part={path} value={after} other={before} side="after" />
          ),
        },
      ]}
    />
  );
}

/** A word on this one change; it is sent with the form below that asks for changes. */
function RemarkField({ path, form }: { path: string; form: string }) {
  const t = useTranslations("cabinet.judge");
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center text-sm font-normal">
        {t("remark")}
      </summary>
      <Field name={remarkName(path)} label={t("remarkLabel")}>
        <TextArea form={form} rows={2} maxLength={1000} />
      </Field>
    </details>
  );
}

/** Of a doctor the name, where the path has only the address. */
function nameIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("name" in value)) return null;
  return typeof value.name === "string" ? value.name : null;
}
