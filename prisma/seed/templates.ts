import { listLines } from "@/lib/desk/first-lines";
import { listPriceFor } from "@/lib/desk/queries/estimate";
import { minorOf } from "@/lib/kernel/typed-sum";
import { lineTemplateForm } from "@/lib/estimates/forms";
import { saveLineTemplate } from "@/lib/estimates/save-line-template";
import type { TreatmentSlug } from "@/lib/guides/treatment";
import desk from "@/locales/en/desk.json";
import type { Cast } from "./cases/cast";
import { at } from "./cases/clock";

const CLINIC = "bohai-heart-hospital";
const TREATMENTS: readonly TreatmentSlug[] = ["teer", "tavi-transfemoral"];
const DAY = 86_400_000;
/** Parts of the stay the published sum leaves out, in hundredths of it. */
const BESIDE = [
  { kind: "workup", percent: 3, cause: "Pictures that are too old are taken again" },
  { kind: "stay", percent: 4, cause: "Each further night on the ward" },
] as const;

/** What two treatments' estimates of one centre begin with; saved the other day, so that no story before knew of it. */
export async function fillLineTemplates(cast: Cast, now: Date): Promise<void> {
  const { manager } = cast.team(CLINIC);
  for (const [index, treatment] of TREATMENTS.entries()) {
    const price = await listPriceFor(manager, treatment);
    if (!price) throw new Error(`${CLINIC} publishes no price of ${treatment}.`);
    const { currency } = price;
    const minor = (typed: string) => minorOf(typed, currency);
    const listed = listLines(price, desk.builder.causes).map((line) => ({
      ...{ contract: "A", kind: line.kind, unit: line.unit, cause: line.cause },
      ...{ label: line.label || undefined, device: line.device || undefined },
      quantity: Number(line.quantity),
      low: minor(line.low || line.expected),
      expected: minor(line.expected),
      high: minor(line.high || line.expected),
    }));
    const beside = BESIDE.map(({ kind, percent, cause }) => {
      const expected = (Number(price.expectedMinor) * percent) / 100;
      const sum = (share: number) => Math.round((expected * share) / 10_000) * 10_000;
      const sums = { low: 0, expected: sum(1), high: sum(2) };
      return { contract: "A", kind, quantity: 1, unit: "piece", cause, optional: false, ...sums };
    });
    const form = lineTemplateForm.parse({ treatment, currency, lines: [...listed, ...beside] });
    const saved = await at(new Date(now.getTime() - (3 - index) * DAY), () =>
      saveLineTemplate(manager, form, new Date()),
    );
    if (!saved.ok) throw new Error(`${treatment}: ${saved.reason} ${JSON.stringify(saved.detail)}`);
  }
}
