import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { lineTemplateForm, lineTemplatesForm } from "./forms";
import type { LineTemplate } from "./read-line-templates";
import { lineViewSchema } from "./views";

const lineSchema = lineViewSchema
  .omit({ id: true, position: true, contract: true, taxBp: true, options: true })
  .extend({ device: z.string().nullable() });

export const lineTemplateSchema = z.object({
  id: z.uuid(),
  clinic: z.string(),
  treatment: z.string(),
  currency: z.string(),
  lines: z.array(lineSchema).describe("Lines of contract A; sums are for the whole quantity."),
  savedAt: z.string(),
});
export type LineTemplateView = z.output<typeof lineTemplateSchema>;

export function lineTemplateView(
  { id, currency, lines, savedAt }: LineTemplate,
  about: { clinic: string; treatment: string },
): LineTemplateView {
  const sum = (minor: number) => moneyView(BigInt(minor), currency);
  return {
    ...{ id, ...about, currency, savedAt: savedAt.toISOString() },
    lines: lines.map(({ low, expected, high, ...line }) => ({
      ...line,
      ...{ low: sum(low), expected: sum(expected), high: sum(high) },
    })),
  };
}

const tag = "Estimates";

export const templatesApi: ApiOperation[] = [
  {
    method: "get",
    path: "/clinics/{slug}/line-templates",
    tag,
    summary:
      "What a centre's estimates of a treatment begin with, newest first: the first one is the template",
    roles: ["coordinator", "clinic_manager"],
    query: lineTemplatesForm,
    answers: {
      200: {
        description: "The last ten; none where the centre has saved none.",
        schema: z.object({ items: z.array(lineTemplateSchema), next: z.null() }),
      },
    },
  },
  {
    method: "post",
    path: "/cabinet/line-templates",
    tag,
    summary: "Save the lines the centre's estimates of a treatment begin with from now on; earlier ones stay",
    roles: ["clinic_manager"],
    body: lineTemplateForm,
    answers: { 201: { description: "The template.", schema: lineTemplateSchema } },
    refusals: ["invalid_device"],
  },
];
