import { z } from "zod";
import { invalidRequest, parameterMissing, parameterUnknown, type StripeError } from "./errors";

export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "Invalid integer")
  .transform(Number);

export const amount = integer.refine((value) => value >= 1, "This value must be greater than or equal to 1");

export const flag = z.enum(["true", "false"]).transform((value) => value === "true");

const metadataKeysMax = 50;

/** Texts by name; an empty text removes the name, an empty value in place of all removes everything. */
export const metadata = z.union([
  z.literal("").transform((): Record<string, string> | null => null),
  z
    .record(z.string().max(40), z.string().max(500))
    .refine((value) => Object.keys(value).length <= metadataKeysMax, "Too many metadata keys"),
]);

export type MetadataChange = z.infer<typeof metadata>;

export function mergeMetadata(
  before: Record<string, string> | null,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === undefined) return before ?? {};
  if (change === null) return {};
  const merged = { ...before, ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
}

const moment = z.union([
  integer,
  z.strictObject({
    gt: integer.optional(),
    gte: integer.optional(),
    lt: integer.optional(),
    lte: integer.optional(),
  }),
]);

export type MomentFilter = z.infer<typeof moment>;

/** The fields every list takes. */
export const listing = {
  limit: integer
    .refine((value) => value >= 1 && value <= 100, "Invalid limit: must be from 1 to 100")
    .optional(),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: moment.optional(),
};

/** Parses a request's fields. @throws StripeError parameter_missing, parameter_unknown or parameter_invalid. */
export function readParameters<Shape extends z.ZodType>(shape: Shape, fields: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(fields, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined ? invalidRequest("Invalid request.") : refusal(issue);
}

function refusal(issue: z.core.$ZodIssue): StripeError {
  const param = bracketed(issue.path);
  if (issue.code === "unrecognized_keys") {
    return parameterUnknown(bracketed([...issue.path, issue.keys[0] ?? ""]));
  }
  if (issue.input === undefined) return parameterMissing(param);
  if (issue.input === "") {
    return invalidRequest(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`,
      "parameter_invalid_empty",
      param,
    );
  }
  if (issue.message === "Invalid integer") {
    return invalidRequest(
      `Invalid integer: ${JSON.stringify(issue.input)}`,
      "parameter_invalid_integer",
      param,
    );
  }
  return invalidRequest(`Invalid ${param}: ${issue.message}`, undefined, param);
}

function bracketed(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path.map(String);
  return (first ?? "") + rest.map((step) => `[${step}]`).join("");
}
