export type Decline = { code: string; declineCode: string | null; message: string };

export type TestCard = {
  number: string;
  brand: "amex" | "diners" | "discover" | "jcb" | "mastercard" | "unionpay" | "visa";
  country: string;
  funding: "credit" | "debit";
  /** Asks for 3-D Secure before anything is charged. */
  authentication: boolean;
  decline: Decline | null;
  /** What happens by itself after a payment that succeeded. */
  aftermath: "dispute" | "refund_fails" | "refund_pending" | null;
};

const declines = {
  generic: { code: "card_declined", declineCode: "generic_decline", message: "Your card was declined." },
  funds: {
    code: "card_declined",
    declineCode: "insufficient_funds",
    message: "Your card has insufficient funds.",
  },
  lost: { code: "card_declined", declineCode: "lost_card", message: "Your card was declined." },
  stolen: { code: "card_declined", declineCode: "stolen_card", message: "Your card was declined." },
  expired: { code: "expired_card", declineCode: null, message: "Your card has expired." },
  cvc: { code: "incorrect_cvc", declineCode: null, message: "Your card's security code is incorrect." },
  processing: {
    code: "processing_error",
    declineCode: null,
    message: "An error occurred while processing your card. Try again in a little bit.",
  },
} satisfies Record<string, Decline>;

const plain = {
  brand: "visa",
  country: "US",
  funding: "credit",
  authentication: false,
  decline: null,
  aftermath: null,
} as const;

// Stripe's published test numbers (docs.stripe.com/testing).
const cards: TestCard[] = [
  { ...plain, number: "4242424242424242" },
  { ...plain, number: "4000056655665556", funding: "debit" },
  { ...plain, number: "4000002760000016", country: "DE" },
  { ...plain, number: "5555555555554444", brand: "mastercard" },
  { ...plain, number: "2223003122003222", brand: "mastercard" },
  { ...plain, number: "5200828282828210", brand: "mastercard", funding: "debit" },
  { ...plain, number: "378282246310005", brand: "amex" },
  { ...plain, number: "6011111111111117", brand: "discover" },
  { ...plain, number: "3056930009020004", brand: "diners" },
  { ...plain, number: "3566002020360505", brand: "jcb", country: "JP" },
  { ...plain, number: "6200000000000005", brand: "unionpay", country: "CN" },
  { ...plain, number: "4000000000000002", decline: declines.generic },
  { ...plain, number: "4000000000009995", decline: declines.funds },
  { ...plain, number: "4000000000009987", decline: declines.lost },
  { ...plain, number: "4000000000009979", decline: declines.stolen },
  { ...plain, number: "4000000000000069", decline: declines.expired },
  { ...plain, number: "4000000000000127", decline: declines.cvc },
  { ...plain, number: "4000000000000119", decline: declines.processing },
  { ...plain, number: "4000002500003155", authentication: true },
  { ...plain, number: "4000002760003184", authentication: true, country: "DE" },
  { ...plain, number: "4000000000003220", authentication: true },
  { ...plain, number: "4000008400001629", authentication: true, decline: declines.generic },
  { ...plain, number: "4000008260003178", authentication: true, decline: declines.funds },
  { ...plain, number: "4000000000000259", aftermath: "dispute" },
  { ...plain, number: "4000000000007726", aftermath: "refund_pending" },
  { ...plain, number: "4000000000005126", aftermath: "refund_fails" },
];

const byNumber = new Map(cards.map((card) => [card.number, card]));

// The names the API takes in place of numbers.
const byToken: Record<string, string> = {
  pm_card_visa: "4242424242424242",
  pm_card_visa_debit: "4000056655665556",
  pm_card_mastercard: "5555555555554444",
  pm_card_amex: "378282246310005",
  pm_card_chargeDeclined: "4000000000000002",
  pm_card_visa_chargeDeclined: "4000000000000002",
  pm_card_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_visa_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_chargeDeclinedExpiredCard: "4000000000000069",
  pm_card_authenticationRequired: "4000002760003184",
  pm_card_threeDSecure2Required: "4000000000003220",
  pm_card_createDispute: "4000000000000259",
};

export const testCard = (number: string): TestCard | undefined => byNumber.get(number);

export const testCardOfToken = (token: string): TestCard | undefined =>
  Object.hasOwn(byToken, token) ? byNumber.get(byToken[token] ?? "") : undefined;

export const digits = (typed: string): string => typed.replace(/[\s-]/g, "");

/** The check digit every card number carries. */
export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  let sum = 0;
  for (const [index, digit] of [...number].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
