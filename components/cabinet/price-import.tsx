"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SheetInput } from "@/components/ui/sheet-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { SHEET_BYTES_MAX } from "@/lib/records/sheet";

/** What reading a sheet told: the sentence, and every bad row. */
export interface ImportState {
  tone: "good" | "danger" | "info";
  message: string;
  faults: string[];
}

interface PriceImportProps {
  words: { file: string; dryRun: string; import: string; tooLarge: string };
  action: (before: ImportState | null, form: FormData) => Promise<ImportState>;
}

/** A file, a dry run, and the import: the answer stands below, row by row. */
export function PriceImport({ words, action }: PriceImportProps) {
  const [state, send] = useActionState(action, null);
  return (
    <div className="space-y-gap-m">
      <form action={send} className="flex flex-wrap items-end gap-gap">
        <label>
          <span className="field-label">{words.file}</span>
          <SheetInput name="sheet" required bytesMax={SHEET_BYTES_MAX} tooLarge={words.tooLarge} />
        </label>
        <SubmitButton look="quiet" name="kind" value="dry">
          {words.dryRun}
        </SubmitButton>
        <SubmitButton name="kind" value="real">
          {words.import}
        </SubmitButton>
      </form>
      {state ? (
        <Notice tone={state.tone} live>
          <p>{state.message}</p>
          {state.faults.length > 0 ? (
            <ul className="list-disc ps-5">
              {state.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
    </div>
  );
}
