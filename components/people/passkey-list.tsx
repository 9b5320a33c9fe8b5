import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";

interface PasskeyRow {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

interface PasskeyListProps {
  passkeys: PasskeyRow[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  rename: FormAction;
  remove: FormAction;
}

/** The passkeys somebody has: known by their name, renamed and forgotten one by one. */
export function PasskeyList({ passkeys, locale, zone, rename, remove }: PasskeyListProps) {
  const t = useTranslations("secondFactor.passkeys");
  if (passkeys.length === 0) return null;
  return (
    <Table<PasskeyRow>
      caption={t("title")}
      hideCaption
      stacked
      rows={passkeys}
      rowKey={(row) => row.id}
      columns={[
        { key: "name", label: t("name"), cell: (row) => <bdi>{row.name}</bdi> },
        { key: "created", label: t("created"), cell: (row) => formatMoment(row.createdAt, zone, locale) },
        {
          key: "used",
          label: t("used"),
          cell: (row) => (row.lastUsedAt ? formatMoment(row.lastUsedAt, zone, locale) : t("never")),
        },
        {
          key: "acts",
          label: t("acts"),
          cell: (row) => (
            <div className="flex flex-wrap items-start gap-gap">
              <details>
                <summary className="min-h-control content-center">{t("rename")}</summary>
                <ActionForm action={rename} className="mt-gap space-y-gap">
                  <input type="hidden" name="passkeyId" value={row.id} />
                  <Field name="name" label={t("name")}>
                    <TextInput required maxLength={60} defaultValue={row.name} dir="auto" />
                  </Field>
                  <SubmitButton look="quiet">{t("renameDo")}</SubmitButton>
                </ActionForm>
              </details>
              <ActionForm action={remove}>
                <input type="hidden" name="passkeyId" value={row.id} />
                <SubmitButton look="danger">{t("remove")}</SubmitButton>
              </ActionForm>
            </div>
          ),
        },
      ]}
    />
  );
}
