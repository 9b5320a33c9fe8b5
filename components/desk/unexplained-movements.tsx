import { useLocale, useTranslations } from "next-intl";
import { MoneyRow } from "@/components/desk/money-row";
import { MovementActs, type MovementActions } from "@/components/desk/movement-acts";
import { formatMoment, formatMoney } from "@/components/ui/format";
import { DESK_ZONE } from "@/lib/desk/clock";
import { BALANCE_GAP } from "@/lib/payments/movement";
import type { UnexplainedMovement } from "@/lib/payments/read-movements";

interface UnexplainedMovementsProps {
  movements: readonly UnexplainedMovement[];
  /** How many there are, shown or not. */
  total: number;
  /** Who looks: nobody confirms what they said. */
  meId: string;
  actions: MovementActions;
}

/** Money that moved at the payment provider and that nothing of ours explains, with the act that says what it is. */
export function UnexplainedMovements({ movements, total, meId, actions }: UnexplainedMovementsProps) {
  const t = useTranslations("desk.money.movements");
  return (
    <section aria-labelledby="movements" className="space-y-1">
      <h2 id="movements" className="text-md">
        {t("title")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t(total === 0 ? "none" : "lead")}</p>
      {total > movements.length ? <p>{t("shown", { shown: movements.length, total })}</p> : null}
      <ul className="divide-y divide-line">
        {movements.map((movement) => (
          <MoneyRow
            key={movement.id}
            sum={<Sum movement={movement} />}
            acts={<MovementActs movement={movement} meId={meId} actions={actions} />}
          >
            <p>{t(`reasons.${reasonOf(movement)}`)}</p>
            <p className="text-sm text-ink-soft">
              <Moment at={movement.movedAt} />
              {" · "}
              <bdi dir="ltr" className="break-all">
                {movement.id}
              </bdi>
            </p>
            {movement.explanation ? <Said said={movement.explanation} /> : null}
          </MoneyRow>
        ))}
      </ul>
    </section>
  );
}

function reasonOf({ type, reason }: UnexplainedMovement) {
  return type === BALANCE_GAP ? BALANCE_GAP : (reason as "unknown_source");
}

function Sum({ movement }: { movement: UnexplainedMovement }) {
  const t = useTranslations("desk.money.movements");
  const locale = useLocale();
  const { amountMinor, feeMinor, currency } = movement;
  return (
    <>
      <bdi className="block">{formatMoney(amountMinor, currency, locale)}</bdi>
      {feeMinor === 0n ? null : (
        <span className="block text-sm font-normal text-ink-soft">
          {t("fee", { fee: formatMoney(feeMinor, currency, locale) })}
        </span>
      )}
    </>
  );
}

function Moment({ at }: { at: Date }) {
  return <>{formatMoment(at, DESK_ZONE, useLocale())}</>;
}

function Said({ said }: { said: NonNullable<UnexplainedMovement["explanation"]> }) {
  const t = useTranslations("desk.money.movements");
  const locale = useLocale();
  return (
    <div className="pt-1">
      <p>
        {t(`causes.${said.cause as "provider_fee"}`)}: <bdi>{said.note}</bdi>
      </p>
      <p className="text-sm text-ink-soft">
        {t("proposedBy", { name: said.proposedBy, when: formatMoment(said.proposedAt, DESK_ZONE, locale) })}
      </p>
    </div>
  );
}
