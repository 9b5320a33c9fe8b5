/** The check of ISO 13616: moved four to the end, letters as numbers, the remainder by 97 is 1. */
export function passesIbanCheck(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const moved = iban.slice(4) + iban.slice(0, 4);
  const numbers = [...moved].map((sign) => Number.parseInt(sign, 36)).join("");
  return BigInt(numbers) % 97n === 1n;
}
