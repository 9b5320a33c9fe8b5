/** What a change answers: the value, or a short code the screen turns into a sentence. */
export type Outcome<T, Reason extends string = string> = Done<T> | Refused<Reason>;

export interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused<Reason extends string = string> {
  readonly ok: false;
  readonly reason: Reason;
  /** Facts for the sentence, never health data. */
  readonly detail: Readonly<Record<string, string | number>>;
}

export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

export function refused<Reason extends string>(
  reason: Reason,
  detail: Readonly<Record<string, string | number>> = {},
): Refused<Reason> {
  return { ok: false, reason, detail };
}
