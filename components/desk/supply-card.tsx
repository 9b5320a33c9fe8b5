import { useLocale, useTranslations } from "next-intl";
import { eventsFrom, Fold, PartEvents, PartFrame } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatCountry, formatMoment, formatNumber } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { DESK_ZONE } from "@/lib/desk/clock";
import { daysSupplied, type MedicineItem, SUPPLY_MODES } from "@/lib/guides/medicine-rules";
import type { ShipmentRow } from "@/lib/logistics/queries";
import { SHIPMENT_EDGES } from "@/lib/logistics/shipment";

interface SupplyCardProps {
  supply: ShipmentRow;
  /** The medicines of the row, read by its form. */
  items: readonly MedicineItem[];
  pharmacies: readonly { id: string; name: string; city: string }[];
  actions: { change: FormAction; send: FormAction; move: FormAction };
}

const BEFORE_PACKING = ["draft", "blocked", "cleared"];
const ON_ITS_WAY = ["packed", "in_transit", "customs"];

/** Medicines for the way home: what the rules say, who sends them, where they are. */
export function SupplyCard({ supply, items, pharmacies, actions }: SupplyCardProps) {
  const t = useTranslations("journey");
  const locale = useLocale();
  const pharmacy = pharmacies.find((one) => one.id === supply.supplierId);
  const isOpen = BEFORE_PACKING.includes(supply.state);
  const reason = supply.blockReason as "rule_stale" | null;
  return (
    <PartFrame
      title={t(`supply.${supply.mode as "carry"}`)}
      state={supply.state}
      stateWords={t(`states.supply.${supply.state}`)}
      facts={[
        { term: t("supply.destination"), value: formatCountry(supply.destination, locale) },
        ...items.map((item) => ({
          term: <bdi>{`${item.inn} ${item.strength}`}</bdi>,
          value: t("supply.days", { n: daysSupplied(item) }),
          source: t("supply.doses", {
            quantity: formatNumber(item.quantity, locale),
            perDay: formatNumber(item.perDay, locale),
          }),
        })),
        ...(reason ? [{ term: t("supply.blocked"), value: t(`blocked.${reason}`) }] : []),
        ...(supply.ruleId
          ? [
              {
                term: t("supply.rule"),
                value: <bdi>{`${supply.ruleId} · ${supply.ruleVersion ?? "–"}`}</bdi>,
              },
            ]
          : []),
        ...(supply.papers.length > 0
          ? [
              {
                term: t("supply.papers"),
                value: supply.papers.map((paper) => t(`papers.${paper as "prescription"}`)).join(", "),
              },
            ]
          : []),
        ...(pharmacy ? [{ term: t("supply.supplierId"), value: <bdi>{pharmacy.name}</bdi> }] : []),
        ...(supply.carrier ? [{ term: t("supply.carrier"), value: <bdi>{supply.carrier}</bdi> }] : []),
        ...(supply.tracking ? [{ term: t("supply.tracking"), value: <bdi>{supply.tracking}</bdi> }] : []),
        ...(supply.deliveredAt
          ? [
              {
                term: t("states.supply.delivered"),
                value: formatMoment(supply.deliveredAt, DESK_ZONE, locale),
              },
            ]
          : []),
      ]}
    >
      <PartEvents kind="supply" events={eventsFrom(SHIPMENT_EDGES, supply.state)} action={actions.move} />
      {isOpen || ON_ITS_WAY.includes(supply.state) ? (
        <Fold title={t("supply.sending")}>
          <SendingForm supply={supply} pharmacies={pharmacies} action={actions.send} />
        </Fold>
      ) : null}
      {isOpen ? (
        <Fold title={t("supply.change")}>
          <ActionForm action={actions.change} className="space-y-gap">
            <SupplyFields mode={supply.mode} items={items} />
            <SubmitButton look="quiet">{t("save")}</SubmitButton>
          </ActionForm>
        </Fold>
      ) : null}
    </PartFrame>
  );
}

type SendingProps = Pick<SupplyCardProps, "supply" | "pharmacies"> & { action: FormAction };

function SendingForm({ supply, pharmacies, action }: SendingProps) {
  const t = useTranslations("journey");
  const options = pharmacies.map(({ id, name, city }) => ({ value: id, label: `${name} · ${city}` }));
  return (
    <ActionForm action={action} className="space-y-gap">
      <p className="text-sm text-ink-soft">{t("supply.sendingLead")}</p>
      <div className="grid gap-gap sm:grid-cols-3">
        <Field name="supplierId" label={t("supply.supplierId")}>
          <Select empty={t("choose")} options={options} defaultValue={supply.supplierId ?? ""} />
        </Field>
        <Field name="carrier" label={t("supply.carrier")}>
          <TextInput maxLength={80} defaultValue={supply.carrier ?? ""} />
        </Field>
        <Field name="tracking" label={t("supply.tracking")}>
          <TextInput dir="ltr" maxLength={80} defaultValue={supply.tracking ?? ""} />
        </Field>
      </div>
      <SubmitButton look="quiet">{t("save")}</SubmitButton>
    </ActionForm>
  );
}

const EMPTY_ROWS = 2;
const EMPTY = { inn: "", strength: "", quantity: "", perDay: "", class: "" };

/** How they travel, and the medicines one by one. */
export function SupplyFields({ mode, items }: { mode?: string; items: readonly MedicineItem[] }) {
  const t = useTranslations("journey.supply");
  const choose = useTranslations("journey")("choose");
  const modes = SUPPLY_MODES.map((value) => ({ value, label: t(value) }));
  const rows = [...items, ...Array.from({ length: EMPTY_ROWS }, () => EMPTY)];
  return (
    <>
      <Field name="mode" label={t("mode")}>
        <Select required empty={choose} options={modes} defaultValue={mode ?? ""} />
      </Field>
      {rows.map((row, index) => (
        <fieldset key={index}>
          <legend className="field-label">{t("medicine", { n: index + 1 })}</legend>
          <div className="grid items-end gap-gap sm:grid-cols-2">
            <Field name={`items.${index}.inn`} label={t("inn")}>
              <TextInput maxLength={120} defaultValue={row.inn} />
            </Field>
            <Field name={`items.${index}.strength`} label={t("strength")}>
              <TextInput maxLength={60} defaultValue={row.strength} />
            </Field>
            <Field name={`items.${index}.quantity`} label={t("quantity")}>
              <TextInput inputMode="decimal" dir="ltr" maxLength={9} defaultValue={row.quantity} />
            </Field>
            <Field name={`items.${index}.perDay`} label={t("perDay")}>
              <TextInput inputMode="decimal" dir="ltr" maxLength={9} defaultValue={row.perDay} />
            </Field>
            <Field name={`items.${index}.class`} label={t("class")}>
              <TextInput maxLength={40} defaultValue={row.class ?? ""} />
            </Field>
          </div>
        </fieldset>
      ))}
    </>
  );
}
