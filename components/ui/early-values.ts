export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export const isBox = (one: Control): one is HTMLInputElement =>
  one instanceof HTMLInputElement && (one.type === "checkbox" || one.type === "radio");

let isAwake = false;

/** From here on scripts hear everything themselves. */
export function wake(): void {
  isAwake = true;
}

/** Whether the page is still as the server sent it: what stands in it otherwise was typed before any script listened. */
export const isWaking = (): boolean => !isAwake;

/** Into a page that is loaded again or come back to the browser itself may have put old words: nobody typed those now. */
export function isFresh(): boolean {
  const [way] = performance.getEntriesByType("navigation");
  return way instanceof PerformanceNavigationTiming && way.type === "navigate";
}

/** What the server put into a control, as the browser reads it: a date field keeps no word, a text area no CRLF. */
export function firstValueOf(one: Control): string {
  if (one instanceof HTMLSelectElement)
    return ([...one.options].findLast((each) => each.defaultSelected) ?? one.options[0])?.value ?? "";
  const copy = one.cloneNode(true) as HTMLInputElement | HTMLTextAreaElement;
  copy.value = copy.defaultValue;
  return copy.value;
}

/** Whether somebody changed a control before the scripts came. */
export function isEarly(one: Control): boolean {
  if (one.disabled) return false;
  if (isBox(one)) return one.checked !== one.defaultChecked;
  if (one instanceof HTMLInputElement && one.type === "file") return (one.files?.length ?? 0) > 0;
  if (one instanceof HTMLInputElement && one.type === "hidden") return false;
  return one.value !== firstValueOf(one);
}

/** What was done to a control before the scripts came: telling one of them may draw the others anew, without it. */
export type Early =
  | { kind: "box"; one: HTMLInputElement; isTicked: boolean }
  | { kind: "choice"; one: HTMLSelectElement; chosen: ReadonlySet<string> }
  | { kind: "files"; one: HTMLInputElement }
  | { kind: "text"; one: HTMLInputElement | HTMLTextAreaElement; typed: string; first: string };

export function earlyOf(root: ParentNode): Early[] {
  return [...root.querySelectorAll<Control>("input, textarea, select")].flatMap((one) =>
    // A radio button that gave way to another one is told by the other one.
    !isEarly(one) || (one.type === "radio" && !(one as HTMLInputElement).checked) ? [] : [noteOf(one)],
  );
}

function noteOf(one: Control): Early {
  if (one instanceof HTMLSelectElement)
    return { kind: "choice", one, chosen: new Set([...one.selectedOptions].map(({ value }) => value)) };
  if (isBox(one)) return { kind: "box", one, isTicked: one.checked };
  if (one instanceof HTMLInputElement && one.type === "file") return { kind: "files", one };
  return { kind: "text", one, typed: one.value, first: firstValueOf(one) };
}

/** What React last saw in a text field: it hears only what differs from that. */
interface Watched {
  _valueTracker?: { setValue(seen: string): void };
}

/** What was done stands there again, and as news; where it still stands, no text, caret or composition is touched. */
export function restore(early: Exclude<Early, { kind: "box" }>): void {
  if (early.kind === "choice")
    for (const option of early.one.options) option.selected = early.chosen.has(option.value);
  if (early.kind !== "text") return;
  const { one, typed, first } = early;
  if (one.value !== typed) one.value = typed;
  (one as Watched)._valueTracker?.setValue(first);
}
