import type { ContractKind } from "./payment-plan";
import type { RefundPart, RefundSum } from "./refund-policy";

interface Quoted {
  parts: RefundPart[];
  contracts: Record<ContractKind, RefundSum>;
}

const CONTRACTS = ["B", "A"] as const satisfies readonly ContractKind[];

/**
 * The same quote with a refund a card takes: a multiple of the step, rounded in the payer's favour. What is added comes off what
 * was kept, of our own contract and our own fee first. Where nothing is left to add, the sum stays, and goes back by bank.
 */
export function inSteps(quoted: Quoted, stepMinor: bigint): Quoted {
  const { A, B } = quoted.contracts;
  const oddMinor = (A.refundMinor + B.refundMinor) % stepMinor;
  if (oddMinor === 0n) return quoted;
  const addedMinor = stepMinor - oddMinor;
  const contract = CONTRACTS.find((one) => hasRoom(quoted, one, addedMinor));
  const part = contract && partToLower(quoted.parts, contract, addedMinor);
  if (!contract || !part) return quoted;
  const more = ({ keptMinor, refundableMinor }: { keptMinor: bigint; refundableMinor: bigint }) => ({
    keptMinor: keptMinor - addedMinor,
    refundableMinor: refundableMinor + addedMinor,
  });
  const sum = quoted.contracts[contract];
  const lowered = { ...sum, ...more(sum), refundMinor: sum.refundMinor + addedMinor };
  return {
    parts: quoted.parts.map((one) => (one === part ? { ...one, ...more(one) } : one)),
    contracts: { ...quoted.contracts, [contract]: lowered },
  };
}

function hasRoom({ parts, contracts }: Quoted, contract: ContractKind, addedMinor: bigint): boolean {
  const { refundMinor, paidMinor } = contracts[contract];
  return (
    refundMinor > 0n &&
    paidMinor - refundMinor >= addedMinor &&
    partToLower(parts, contract, addedMinor) !== undefined
  );
}

/** The line that keeps less by so little: the fee first, what was delivered last. */
function partToLower(
  parts: readonly RefundPart[],
  contract: ContractKind,
  addedMinor: bigint,
): RefundPart | undefined {
  const rank = ({ kind, rule }: RefundPart) => (kind === "operator_fee" ? 0 : rule === "delivered" ? 2 : 1);
  return parts
    .filter((one) => one.contract === contract && one.keptMinor >= addedMinor)
    .toSorted((one, other) => rank(one) - rank(other))[0];
}
