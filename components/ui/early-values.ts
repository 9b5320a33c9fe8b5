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
