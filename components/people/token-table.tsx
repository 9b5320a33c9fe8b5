import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";

interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

interface TokenTableProps {
  tokens: TokenRow[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  action: FormAction;
}

/** The API tokens a person made; the text of a token is never shown again. */
export function TokenTable({ tokens, locale, zone, action }: TokenTableProps) {
  const t = useTranslations("account.account");
  if (tokens.length === 0) return <p>{t("tokenNone")}</p>;
  return (
    <Table<TokenRow>
      caption={t("tokens")}
      hideCaption
      rows={tokens}
      rowKey={(row) => row.id}
      columns={[
        { key: "name", label: t("tokenName"), cell: (row) => <bdi>{row.name}</bdi> },
        {
          key: "scope",
          label: t("tokenScope"),
          cell: (row) => t(row.scopes.includes("all") ? "tokenScopes.all" : "tokenScopes.read"),
        },
        {
          key: "used",
          label: t("used"),
          cell: (row) => (row.lastUsedAt ? formatMoment(row.lastUsedAt, zone, locale) : t("never")),
        },
        {
          key: "act",
          label: t("revoke"),
          cell: (row) => (
            <ActionForm action={action}>
              <input type="hidden" name="tokenId" value={row.id} />
              <SubmitButton look="danger">{t("revoke")}</SubmitButton>
            </ActionForm>
          ),
        },
      ]}
    />
  );
}
