import { SERVICE_RULES, type ServiceRule } from "./catalogue";

/** The option of a line that names what comes back of it; it is sealed with the line. */
export const RULE_OPTION = "refundRule";

/** A rule a service names of its own, in place of the days of the house. */
export type OwnRule = Exclude<ServiceRule, "house">;

/** The rule a line names of its own; null where the days of the house hold, as for all that is no service of ours. */
export function ownRuleOf(line: { contract: string; kind: string; options?: unknown }): OwnRule | null {
  const { contract, kind, options } = line;
  if (contract !== "B" || kind === "operator_fee") return null;
  if (typeof options !== "object" || options === null || !(RULE_OPTION in options)) return null;
  const named = SERVICE_RULES.find((rule) => rule === options[RULE_OPTION]);
  return named === undefined || named === "house" ? null : named;
}

type Options = Record<string, string | number | boolean>;

/** The options of a line as they are kept: with the rule of the catalogue where a service names none, and without one elsewhere. */
export function withRule(
  line: { contract: string; kind: string },
  options: Options,
  catalogue: readonly { kind: string; refundRule: ServiceRule }[],
): Options {
  if (line.contract !== "B" || line.kind === "operator_fee") return without(options, RULE_OPTION);
  if (RULE_OPTION in options) return options;
  const rule = catalogue.find(({ kind }) => kind === line.kind)?.refundRule ?? "house";
  return rule === "house" ? options : { ...options, [RULE_OPTION]: rule };
}

function without(options: Options, name: string): Options {
  return Object.fromEntries(Object.entries(options).filter(([one]) => one !== name));
}
