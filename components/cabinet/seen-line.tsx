"use client";

import { useRefusal } from "@/components/ui/form-context";
import { type Line, seenName, seenValue } from "@/lib/desk/forms/lines";

/** What the fields of a line showed when this person saw them last: so that a colleague's save meanwhile is noticed. */
export function SeenLine({ line: { key, now } }: { line: Line }) {
  const { values } = useRefusal();
  const name = seenName(key);
  return <input type="hidden" name={name} value={values[name] ?? seenValue(now)} />;
}
