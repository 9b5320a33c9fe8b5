/** One primary act per screen; danger only for what cannot be taken back and for the urgent lane. */
export type ButtonLook = "primary" | "quiet" | "danger";

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  primary: "button button-primary",
  quiet: "button button-quiet",
  danger: "button button-danger",
};

export function buttonClass(look: ButtonLook, more = ""): string {
  return `${LOOKS[look]} ${more}`.trimEnd();
}
