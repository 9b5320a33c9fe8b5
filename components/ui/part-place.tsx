import type { ReactNode } from "react";
import { MissingPart } from "@/components/ui/missing-part";
import type { Part } from "@/lib/infra/part";

interface PartPlaceProps<T> {
  /** What `part()` came to. */
  part: Part<T>;
  /** What stands there otherwise, in the reader's words: "Tasks". */
  name: string;
  /** The address of this same page. */
  here: string;
  children: (value: T) => ReactNode;
}

/** One part of a page: itself, or in its place that it could not be fetched. */
export function PartPlace<T>({ part, name, here, children }: PartPlaceProps<T>) {
  return part.ok ? children(part.value) : <MissingPart reference={part.reference} name={name} here={here} />;
}
