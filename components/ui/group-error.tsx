"use client";

import { useRefusal } from "@/components/ui/form-context";

/** What is wrong with several fields that make one answer, above them all. */
export function GroupError({ name }: { name: string }) {
  const problem = useRefusal().errors[name];
  return problem === undefined ? null : (
    <p id={`${name}-error`} className="field-error mb-2">
      {problem}
    </p>
  );
}
