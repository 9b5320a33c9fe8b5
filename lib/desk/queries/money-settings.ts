import "server-only";
import type { Admin, Finance } from "@/lib/kernel/actor";
import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import type { Currency } from "@/lib/kernel/money";
import { COVER_SETTING, coverOf, type InsolvencyCover } from "@/lib/bookings/booking";
import { QUOTES } from "@/lib/estimates/exchange-rate";
import { feeIn, feeOf, FEE_SETTING, setFeeOf } from "@/lib/estimates/operator-fee";
import { readRates } from "@/lib/estimates/read-rates";
import { asPerson } from "@/lib/infra/db";
import { usedCurrencies } from "./rates";

/** The fee in one currency: as it is set there, and what the rate of today makes of the sum in euro. */
export interface FeeLine {
  currency: Currency;
  setMinor: bigint | null;
  byRateMinor: bigint | null;
}

export interface CoverSeen extends InsolvencyCover {
  state: "holds" | "ends_soon" | "over";
}

export interface MoneySettings {
  fee: { euroCents: bigint; isSet: boolean; lines: FeeLine[]; changedAt: Date | null };
  cover: { cover: CoverSeen | null; changedAt: Date | null };
}

/** So long before its end a cover is told to be renewed. */
const SOON_DAYS = 60;

/** What money rests on: the fee, and who pays travellers back should the operator fail. */
export function moneySettingsFor(reader: Admin | Finance, now: Date): Promise<MoneySettings> {
  return asPerson(reader, async (tx) => {
    const rows = await tx.setting.findMany({
      where: { key: { in: [FEE_SETTING, COVER_SETTING] } },
      select: { key: true, value: true, changedAt: true },
    });
    const found = (key: string) => rows.find((row) => row.key === key);
    const [fee, cover] = [found(FEE_SETTING), found(COVER_SETTING)];
    const euroCents = feeOf(fee?.value);
    const rates = await readRates(QUOTES, now, tx);
    const used = await usedCurrencies(tx);
    const lines = QUOTES.map((currency) => ({
      currency,
      setMinor: setFeeOf(fee?.value, currency),
      byRateMinor: feeIn(currency, euroCents, rates.get(currency)?.rate ?? null),
    })).filter(({ currency, setMinor }) => setMinor !== null || used.has(currency));
    return {
      fee: { euroCents, isSet: fee !== undefined, lines, changedAt: fee?.changedAt ?? null },
      cover: { cover: seenCover(cover?.value, dayOf(now)), changedAt: cover?.changedAt ?? null },
    };
  });
}

function seenCover(value: unknown, today: Day): CoverSeen | null {
  const cover = coverOf(value, "");
  if (!cover) return null;
  const { validUntil } = cover;
  const state = validUntil < today ? "over" : validUntil < addDays(today, SOON_DAYS) ? "ends_soon" : "holds";
  return { ...cover, state };
}
