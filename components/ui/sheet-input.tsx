"use client";

import { TextInput } from "@/components/ui/controls";

const KINDS =
  ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" as const;

interface SheetInputProps {
  bytesMax: number;
  /** Said at once about a file that is too large to be sent. */
  tooLarge: string;
  name?: string;
  required?: boolean;
}

/** Takes a sheet, XLSX or CSV; one that is too large is told here, before it is sent for nothing. */
export function SheetInput({ bytesMax, tooLarge, ...rest }: SheetInputProps) {
  return (
    <TextInput
      type="file"
      accept={KINDS}
      {...rest}
      onChange={({ currentTarget }) => {
        const size = currentTarget.files?.[0]?.size ?? 0;
        currentTarget.setCustomValidity(size > bytesMax ? tooLarge : "");
        if (size > bytesMax) currentTarget.reportValidity();
      }}
    />
  );
}
