import { useLocale, useTranslations } from "next-intl";
import { Fold } from "@/components/desk/part-frame";
import { ResourceForm } from "@/components/desk/resource-fields";
import { ActionForm } from "@/components/ui/action-form";
import { DefinitionList } from "@/components/ui/facts";
import type { FormAction } from "@/components/ui/form-state";
import { formatCountry, formatLanguage, formatList, formatNumber } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import type { ResourceRow, SupplierPage } from "@/lib/desk/queries/suppliers";
import type { ResourceKind } from "@/lib/logistics/supplier";

/** What an administrator may do with one person; nobody else gets them. */
export interface PersonActs {
  edit: FormAction;
  retire: FormAction;
  restore: FormAction;
}

interface PersonCardProps {
  kind: ResourceKind;
  person: ResourceRow;
  places: SupplierPage["places"];
  /** Whether their supplier works for us: of a retired one nobody comes back. */
  isOpen: boolean;
  acts: PersonActs | null;
}

/** One driver or interpreter: what they can do, what they are booked for, and what may be changed. */
export function PersonCard({ kind, person, places, isOpen, acts }: PersonCardProps) {
  const t = useTranslations("suppliers.person");
  const locale = useLocale();
  const said = (term: string, value: string | null) =>
    value ? [{ term, value: <bdi className="wrap-anywhere">{value}</bdi> }] : [];
  const languages = person.languages.map((code) => formatLanguage(code, locale));
  return (
    <li className="space-y-gap rounded-md border border-line bg-card p-gap-m">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 text-base font-semibold">
          <bdi>{person.name}</bdi>
        </h3>
        <StateTag tone={person.active ? "good" : "still"}>{t(person.active ? "active" : "retired")}</StateTag>
      </div>
      <DefinitionList
        facts={[
          ...said(t("place"), `${person.city} · ${formatCountry(person.country, locale)}`),
          ...said(t("phone"), person.phone),
          ...said(t("languages"), formatList(languages, locale)),
          ...said(
            t("gender"),
            person.gender === "female" || person.gender === "male" ? t(`genders.${person.gender}`) : null,
          ),
          ...said(t("vehicle"), [person.vehicle, person.plate].filter(Boolean).join(" · ")),
          ...said(t("seats"), person.seats === null ? null : formatNumber(person.seats, locale)),
          ...(person.wheelchair ? [{ term: t("wheelchair"), value: "✓" }] : []),
          ...said(t("certificate"), person.certificate),
          { term: t("staying"), value: formatNumber(person.staying, locale) },
        ]}
      />
      {acts ? (
        <>
          <Fold title={t("edit")}>
            <ResourceForm kind={kind} person={person} places={places} action={acts.edit} />
          </Fold>
          {person.active ? (
            <Fold title={t("retire")}>
              <ActionForm action={acts.retire} className="space-y-gap">
                <p className="max-w-prose">{t("retireLead", { count: person.staying })}</p>
                <SubmitButton look="danger">{t("retireDo")}</SubmitButton>
              </ActionForm>
            </Fold>
          ) : isOpen ? (
            <ActionForm action={acts.restore} className="space-y-gap">
              <SubmitButton look="quiet">{t("restoreDo")}</SubmitButton>
            </ActionForm>
          ) : null}
        </>
      ) : null}
    </li>
  );
}
