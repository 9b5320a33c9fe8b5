import type { ReactNode } from "react";

/** Fields that belong together under one question or heading. */
export function Fieldset({
  legend,
  hint,
  children,
}: {
  legend: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="space-y-gap-m">
      <legend className="text-lg font-semibold">{legend}</legend>
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      {children}
    </fieldset>
  );
}
