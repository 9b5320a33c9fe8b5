export interface SummaryPart {
  /** The address of the question on the page; empty for the verdict. */
  id: string;
  title: string;
  lines: { label: string; value: string }[];
}

/** What was filled in so far, question by question, in the words that stand beside the fields. Read before the questions are hidden. */
export function summaryOf(form: HTMLFormElement): SummaryPart[] {
  return [...form.querySelectorAll<HTMLElement>("[data-block]")].flatMap((block) => {
    if (!block.checkVisibility()) return [];
    const lines = [...block.querySelectorAll("input, select, textarea")].flatMap(lineOf);
    const title = textOf(block.querySelector("h2, legend"));
    return lines.length === 0 ? [] : [{ id: block.id, title, lines }];
  });
}

function lineOf(control: Element): { label: string; value: string }[] {
  const value = valueOf(control).trim();
  if (value === "") return [];
  const own = "labels" in control && control.labels instanceof NodeList ? textOf(control.labels[0]) : "";
  const row = textOf(control.closest("fieldset")?.querySelector(":scope > legend"));
  const isChoice = control instanceof HTMLInputElement && ["radio", "checkbox"].includes(control.type);
  return [{ label: isChoice ? "" : [row, own].filter(Boolean).join(" · "), value }];
}

/** What a control says: of a list the chosen words, of a choice its label while it is chosen. */
function valueOf(control: Element): string {
  if (control instanceof HTMLSelectElement)
    return control.value === "" ? "" : textOf(control.selectedOptions[0]);
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (!(control instanceof HTMLInputElement) || control.type === "hidden") return "";
  if (control.type !== "radio" && control.type !== "checkbox") return control.value;
  // The sentence of a choice is its first words; a hint may follow them.
  return control.checked ? textOf(control.labels?.[0]?.querySelector("span")?.firstChild) : "";
}

function textOf(node: Node | null | undefined): string {
  return node?.textContent?.trim() ?? "";
}
