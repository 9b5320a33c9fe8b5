import { useLocale, useTranslations } from "next-intl";
import { formatList } from "@/components/ui/format";
import { StateTag, Tag } from "@/components/ui/tag";
import type { HeldFactors, StaffMember } from "@/lib/desk/queries/staff";

/** Each role of somebody in its own frame. */
export function RoleTags({ roles }: Pick<StaffMember, "roles">) {
  const t = useTranslations("staff.role");
  return (
    <span className="inline-flex flex-wrap gap-1 align-top">
      {roles.map((role) => (
        <Tag key={role}>{t(role)}</Tag>
      ))}
    </span>
  );
}

/** What guards an account: "App, 2 passkeys", or that it is owed. */
export function FactorWords({ factors }: { factors: HeldFactors }) {
  const t = useTranslations("staff.factor");
  const locale = useLocale();
  const { hasApp, passkeys, isOwed } = factors;
  if (isOwed) return <StateTag tone="attention">{t("owed")}</StateTag>;
  const held = [hasApp ? t("app") : "", passkeys > 0 ? t("passkeys", { count: passkeys }) : ""];
  const said = held.filter(Boolean);
  return said.length === 0 ? (
    <span className="text-ink-soft">{t("none")}</span>
  ) : (
    <StateTag tone="good">{formatList(said, locale)}</StateTag>
  );
}
