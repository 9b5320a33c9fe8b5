import { least, most, sumMinor } from "@/lib/kernel/money";
import type { HeldMoney } from "./ledger";

type ContractKind = "A" | "B";

/** One line of the statement: what, in which contract, how much. */
export interface StatementLine {
  kind: string;
  label: string | null;
  contract: ContractKind;
  amountMinor: bigint;
}

/** What the ledger says about a booking: one sum per transaction kind, account and contract; debits positive. */
export interface LedgerSum {
  kind: string;
  account: string;
  contract: ContractKind | null;
  amountMinor: bigint;
}

export interface StatementFacts {
  lines: readonly StatementLine[];
  items: readonly {
    amountMinor: bigint;
    contractAMinor: bigint;
    paidMinor: bigint;
    paidAMinor: bigint;
    state: string;
  }[];
  sums: readonly LedgerSum[];
  /** Nobody pays an instalment of a date that is gone. */
  isEnded: boolean;
  contractAMode: "direct" | "held_by_operator";
  /** What payers' banks took and nobody has paid again, as far as the books count it as lost. */
  taken: Record<ContractKind, bigint>;
  /** What of that is owed again. */
  again: Record<ContractKind, bigint>;
}

/**
 * All amounts in minor units of the booking's currency. Paid − taken − refunded + advanced = released + held, to the last unit.
 */
export interface ContractSums {
  plannedMinor: bigint;
  paidMinor: bigint;
  /** What payers' banks took of it: paid once, and not with us any more. */
  takenMinor: bigint;
  refundedMinor: bigint;
  releasedMinor: bigint;
  /** With us: without what was taken, which the pockets of the books never gave up. */
  heldMinor: bigint;
  /** What had left before a bank took it: laid out by us until it is paid again. */
  advancedMinor: bigint;
  /** Still to be paid through the portal, what is owed again with it. */
  openMinor: bigint;
  /** What of it is owed again. */
  againMinor: bigint;
}

export interface Statement {
  contracts: (ContractSums & { contract: ContractKind; mode: "direct" | "portal"; lines: StatementLine[] })[];
  /** Adds to the contracts what the operator bears out of its own pocket, so that the payer's side adds up. */
  totals: ContractSums & { borneByOperatorMinor: bigint };
  /** Held for the payer under no contract: paid twice, or more than was asked for; not yet placed or on its way back. */
  surplusMinor: bigint;
  /** What is held for what; together what the contracts hold. */
  pockets: HeldMoney;
  /** What was passed on for what; together what was released. */
  passed: HeldMoney;
  /** What of the services passed on is tax, which the operator owes on having sold them. */
  passedTaxMinor: bigint;
}

/** Money that came in stands in these accounts until it is given back or released. */
const POCKETS = ["client_funds_held", "operator_fee_deferred"];
/** What these move came in, went back or stays; whatever else moves money out of a pocket passes it on. */
const PASS_NOTHING_ON = ["payment_received", "refund_approved", "pockets_covered"];

export function statementOf(facts: StatementFacts): Statement {
  const contracts = (["A", "B"] as const).map((contract) => ({
    contract,
    mode: contract === "A" && facts.contractAMode === "direct" ? ("direct" as const) : ("portal" as const),
    lines: facts.lines.filter((line) => line.contract === contract),
    ...sumsOf(facts, contract),
  }));
  const total = (field: keyof ContractSums) => sumMinor(contracts.map((contract) => contract[field]));
  const returnedFeeMinor = returnedFee(facts.sums);
  const borneByOperatorMinor = lostIn(facts.sums, "refund_approved") - returnedFeeMinor;
  const unallocated = facts.sums.filter(
    (sum) => sum.account === "client_funds_held" && sum.contract === null,
  );
  const movedIn = (account: string, contract: ContractKind, counts: (kind: string) => boolean) =>
    sumMinor(
      facts.sums
        .filter((sum) => sum.account === account && sum.contract === contract && counts(sum.kind))
        .map((sum) => sum.amountMinor),
    );
  const bookedIn = (account: string, contract: ContractKind) => -movedIn(account, contract, () => true);
  const [ofA, ofB] = contracts.map(({ takenMinor, advancedMinor }) => takenMinor - advancedMinor);
  const servicesMinor = bookedIn("client_funds_held", "B");
  const feeMinor = bookedIn("operator_fee_deferred", "B");
  const ofServices = shareOfServices(ofB ?? 0n, servicesMinor, feeMinor);
  const passedFrom = (account: string, contract: ContractKind) =>
    movedIn(account, contract, (kind) => !PASS_NOTHING_ON.includes(kind) && kind !== "fee_credited");
  // What was credited of the fee is held again, wherever it is needed.
  const heldAgainMinor = POCKETS.map((account) => movedIn(account, "B", (kind) => kind === "fee_credited"));
  return {
    contracts,
    pockets: {
      treatmentMinor: bookedIn("client_funds_held", "A") - (ofA ?? 0n),
      servicesMinor: servicesMinor - ofServices,
      feeMinor: feeMinor - ((ofB ?? 0n) - ofServices),
    },
    passed: {
      treatmentMinor: passedFrom("client_funds_held", "A"),
      servicesMinor: passedFrom("client_funds_held", "B"),
      feeMinor: passedFrom("operator_fee_deferred", "B") + sumMinor(heldAgainMinor) - returnedFeeMinor,
    },
    passedTaxMinor: -movedIn("tax", "B", (kind) => kind.startsWith("release_")),
    surplusMinor: -sumMinor(unallocated.map((sum) => sum.amountMinor)),
    totals: {
      plannedMinor: total("plannedMinor"),
      paidMinor: total("paidMinor"),
      takenMinor: total("takenMinor"),
      refundedMinor: total("refundedMinor") + borneByOperatorMinor,
      releasedMinor: total("releasedMinor"),
      heldMinor: total("heldMinor"),
      advancedMinor: total("advancedMinor"),
      openMinor: total("openMinor"),
      againMinor: total("againMinor"),
      borneByOperatorMinor,
    },
  };
}

function lostIn(sums: readonly LedgerSum[], kind: string): bigint {
  return sumMinor(
    sums.filter((sum) => sum.kind === kind && sum.account === "write_off").map((sum) => sum.amountMinor),
  );
}

/**
 * What of our own fee came back after we had earned it, once a credit note says so: it is the payer's again, so it was passed
 * on to nobody, and it cost us nothing beyond the fee.
 */
function returnedFee(sums: readonly LedgerSum[]): bigint {
  const earned = sums.filter((sum) => sum.kind === "fee_earned" && sum.account === "operator_fee_deferred");
  const earnedMinor = sumMinor(earned.map((sum) => sum.amountMinor));
  const creditedMinor = least(-lostIn(sums, "fee_credited"), earnedMinor);
  return most(least(creditedMinor, lostIn(sums, "refund_approved")), 0n);
}

function sumsOf(facts: StatementFacts, contract: ContractKind): ContractSums {
  const own = facts.sums.filter((sum) => POCKETS.includes(sum.account) && sum.contract === contract);
  const moved = (kind: string) =>
    sumMinor(own.filter((sum) => sum.kind === kind).map((sum) => sum.amountMinor));
  const paidMinor = -moved("payment_received");
  const refundedMinor = moved("refund_approved") + (contract === "B" ? returnedFee(facts.sums) : 0n);
  const bookedMinor = -sumMinor(own.map((sum) => sum.amountMinor));
  const takenMinor = facts.taken[contract];
  const takenHere = least(takenMinor, most(bookedMinor, 0n));
  const againMinor = facts.isEnded ? 0n : facts.again[contract];
  const portion = (item: { amountMinor: bigint; contractAMinor: bigint }) =>
    contract === "A" ? item.contractAMinor : item.amountMinor - item.contractAMinor;
  const live = facts.items.filter((item) => item.state !== "cancelled" && item.state !== "waived");
  const unpaid = live
    .filter((item) => !facts.isEnded && item.state !== "paid")
    .map(({ amountMinor, contractAMinor, paidMinor, paidAMinor }) => ({
      amountMinor: amountMinor - paidMinor,
      contractAMinor: contractAMinor - paidAMinor,
    }));
  return {
    plannedMinor: sumMinor(live.map(portion)),
    paidMinor,
    takenMinor,
    refundedMinor,
    releasedMinor: paidMinor - refundedMinor - bookedMinor,
    heldMinor: bookedMinor - takenHere,
    advancedMinor: takenMinor - takenHere,
    openMinor: sumMinor(unpaid.map(portion)) + againMinor,
    againMinor,
  };
}

/** What a bank took of contract B leaves the services and the fee by what is held of each. */
function shareOfServices(takenMinor: bigint, servicesMinor: bigint, feeMinor: bigint): bigint {
  if (feeMinor <= 0n) return takenMinor;
  return servicesMinor <= 0n ? 0n : (takenMinor * servicesMinor) / (servicesMinor + feeMinor);
}
