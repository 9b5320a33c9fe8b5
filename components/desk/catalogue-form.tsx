import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ShownService } from "@/lib/desk/queries/catalogue";
import { OFFERS, type Price, SERVICE_RULES } from "@/lib/estimates/catalogue";
import { CURRENCIES, type Currency, isCurrency } from "@/lib/kernel/money";
import { typedSum } from "@/lib/kernel/typed-sum";

/** Empty places for prices in further currencies; more come once these are kept. */
const MORE_PRICES = 2;

/** A new version of one service. */
export function ServiceForm({ service, action }: { service: ShownService; action: FormAction }) {
  const t = useTranslations("services");
  const { kind, entry } = service;
  const version = entry?.version ?? 0;
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="seenVersion" value={version} />
      <div key={version} className="space-y-gap-m">
        <div className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
          <Field name="offer" label={t("offer")}>
            <Select
              options={OFFERS.map((value) => ({ value, label: t(`offers.${value}`) }))}
              defaultValue={entry?.offer ?? "optional"}
            />
          </Field>
          <Field name="refundRule" label={t("refundRule")}>
            <Select
              options={SERVICE_RULES.map((value) => ({ value, label: t(`rules.${value}`) }))}
              defaultValue={entry?.refundRule ?? "house"}
            />
          </Field>
          <Field name="quantity" label={t("quantity")}>
            <TextInput
              inputMode="decimal"
              maxLength={10}
              autoComplete="off"
              dir="ltr"
              defaultValue={entry?.quantity ?? "1"}
            />
          </Field>
          <Field name="unit" label={t("unit")} hint={t("unitHint")}>
            <TextInput required maxLength={40} autoComplete="off" dir="auto" defaultValue={entry?.unit} />
          </Field>
          <Field name="cause" label={t("cause")} hint={t("causeHint")} optional={t("optional")}>
            <TextInput maxLength={500} autoComplete="off" dir="auto" defaultValue={entry?.cause ?? ""} />
          </Field>
          <Provider service={service} />
        </div>
        <Prices service={service} />
      </div>
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  );
}

function Provider({ service: { providers, supplier } }: { service: ShownService }) {
  const t = useTranslations("services");
  if (providers === null) return null;
  if (providers.length === 0)
    return (
      <div className="space-y-1.5">
        <p className="field-label">{t("supplier")}</p>
        <p className="text-attention">{t("noProviders")}</p>
      </div>
    );
  const options = providers.map(({ id, name, city }) => ({ value: id, label: `${name} · ${city}` }));
  return (
    <Field name="supplierId" label={t("supplier")} optional={t("optional")}>
      <Select
        empty={t("noSupplier")}
        options={options}
        defaultValue={supplier && !supplier.isRetired ? supplier.id : ""}
      />
    </Field>
  );
}

function Prices({ service: { entry } }: { service: ShownService }) {
  const t = useTranslations("services");
  const known = Object.entries(entry?.prices ?? {}).flatMap(([currency, price]) =>
    isCurrency(currency) ? [{ currency, price }] : [],
  );
  const rows: { currency: Currency | ""; price: Price | null }[] = [
    ...known,
    ...Array.from({ length: MORE_PRICES }, () => ({ currency: "" as const, price: null })),
  ];
  const typed = (currency: Currency | "", price: Price | null, name: keyof Price) => {
    if (!price || currency === "" || (name !== "expected" && price.low === price.high)) return "";
    return typedSum(BigInt(price[name]), currency);
  };
  return (
    <Fieldset legend={t("prices")} hint={t("pricesHint")}>
      {rows.map(({ currency, price }, index) => (
        <div key={currency || index} className="grid grid-cols-2 gap-gap sm:grid-cols-4">
          <Field name={`prices.${index}.currency`} label={t("currency")}>
            <Select
              empty={t("choose")}
              options={CURRENCIES.map((value) => ({ value, label: value }))}
              defaultValue={currency}
            />
          </Field>
          {(["low", "expected", "high"] as const).map((name) => (
            <Field key={name} name={`prices.${index}.${name}`} label={t(name)}>
              <TextInput
                inputMode="decimal"
                maxLength={14}
                autoComplete="off"
                dir="ltr"
                defaultValue={typed(currency, price, name)}
              />
            </Field>
          ))}
        </div>
      ))}
    </Fieldset>
  );
}
