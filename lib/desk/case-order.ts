/** The orders of the table of cases: each column that can lead, both ways. */
export const CASE_ORDERS = [
  "newest",
  "oldest",
  "patient",
  "patient_back",
  "stage",
  "stage_back",
  "due",
  "due_back",
] as const;
export type CaseOrder = (typeof CASE_ORDERS)[number];

export type OrderColumn = "number" | "patient" | "stage" | "due";

/** The two orders of a column: the one a first press means, and its reverse. */
const PAIRS: Readonly<Record<OrderColumn, readonly [CaseOrder, CaseOrder]>> = {
  number: ["newest", "oldest"],
  patient: ["patient", "patient_back"],
  stage: ["stage", "stage_back"],
  due: ["due", "due_back"],
};

/** Numbers grow, so the newest is the highest: its first order goes down. */
const DOWN: readonly CaseOrder[] = ["newest", "patient_back", "stage_back", "due_back"];

/** How a column stands in this order, as `aria-sort` says it, and the order its heading leads to. */
export function orderOf(column: OrderColumn, order: CaseOrder) {
  const [first, second] = PAIRS[column];
  const isHere = order === first || order === second;
  const sort = isHere ? (DOWN.includes(order) ? "descending" : "ascending") : "none";
  return { sort, next: order === first ? second : first } as const;
}
