/**
 * Whether grades are shown to reviewers: `{on: true}`. Off where nothing is set, because showing them may make a
 * deployment a medical device; who turns it on has had that looked at.
 */
export const AIDS_SETTING = "clinical_aids";

export function areAidsOn(value: unknown): boolean {
  return typeof value === "object" && value !== null && "on" in value && value.on === true;
}
