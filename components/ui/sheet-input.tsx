"use client";

import { useContext } from "react";
import { FieldContext } from "@/components/ui/form-context";

const KINDS = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

interface SheetInputProps {
  bytesMax: number;
  /** Said at once about a file that is too large to be sent. */
  tooLarge: string;
  /** Without a Field around: under which name the form sends it. */
  name?: string;
  required?: boolean;
}

/** Takes a sheet, XLSX or CSV; one that is too large is told here, before it is sent for nothing. */
export function SheetInput({ bytesMax, tooLarge, name, required }: SheetInputProps) {
  const field = useContext(FieldContext);
  return (
    <input
      type="file"
      accept={KINDS}
      required={required}
      className="control"
      id={field?.id}
      name={name ?? field?.name}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      onChange={({ currentTarget }) => {
        const size = currentTarget.files?.[0]?.size ?? 0;
        currentTarget.setCustomValidity(size > bytesMax ? tooLarge : "");
        if (size > bytesMax) currentTarget.reportValidity();
      }}
    />
  );
}
