// Stripe's table of presentment currencies (docs.stripe.com/currencies), lower case as the API returns them.
const currencies = new Set(
  `aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf
  clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr
  ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur
  mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr
  sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx usd uyu uzs vnd vuv wst xaf xcd xcg
  xof xpf yer zar zmw`.split(/\s+/),
);

const zeroDecimal = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const threeDecimal = new Set(["bhd", "jod", "kwd", "omr", "tnd"]);

/** Card networks take two of the three decimals: the last digit is 0, of charges and of refunds. */
export const isRound = (amountMinor: number, currency: string): boolean =>
  exponentOf(currency) < 3 || amountMinor % 10 === 0;

export const isCurrency = (code: string): boolean => currencies.has(code);

/** How many digits follow the point when an amount of the API is shown: 0, 2 or 3. */
export function exponentOf(currency: string): 0 | 2 | 3 {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}

/** An amount in minor units as a person of this language reads it, the ISO code always in sight. */
export function showAmount(amountMinor: number, currency: string, language: string): string {
  const exponent = exponentOf(currency);
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "code",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(amountMinor / 10 ** exponent);
}
