"use client";

import { useContext } from "react";
import { FormPlace, refusedId, useRefusal } from "@/components/ui/form-context";

/** What is wrong with several fields that make one answer, above them all. */
export function GroupError({ name }: { name: string }) {
  const form = useContext(FormPlace);
  const problem = useRefusal().errors[name];
  return problem === undefined ? null : (
    <div id={form === null ? undefined : refusedId(form, name)}>
      <p id={`${name}-error`} className="field-error mb-2">
        {problem}
      </p>
    </div>
  );
}
