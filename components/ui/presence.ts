/** Why a page that was opened by somebody signed in cannot go on by itself. */
export type Need =
  | { kind: "signed_out" }
  /** Another tab of this browser signed somebody else in: what stands on this page is not theirs. */
  | { kind: "somebody_else" }
  /** The second step was too long ago; `again` sends what waited for it. */
  | { kind: "step_up"; again: () => void };

const hearers = new Set<(need: Need) => void>();
const settlers = new Set<() => void>();
let personHere: string | null = null;

/** Says whose page this is, and hears what its forms need from them. Answers how to stop. */
export function hearNeeds(personId: string, hear: (need: Need) => void): () => void {
  personHere = personId;
  hearers.add(hear);
  return () => {
    hearers.delete(hear);
  };
}

export function tellNeed(need: Need): void {
  for (const hear of hearers) hear(need);
}

/** Told when the person of this page is signed in again: what was said about it can go. */
export function onSettled(settle: () => void): () => void {
  settlers.add(settle);
  return () => {
    settlers.delete(settle);
  };
}

export function tellSettled(): void {
  for (const settle of settlers) settle();
}

const watchers = new Set<() => void>();
let isAsked = false;

/** Says that the person is asked over the page, or no longer: what the page says about it stands back meanwhile. */
export function tellAsked(now: boolean): void {
  isAsked = now;
  for (const watch of watchers) watch();
}

export function isAskedNow(): boolean {
  return isAsked;
}

/** Told when the question over the page comes or goes. Answers how to stop. */
export function onAsked(watch: () => void): () => void {
  watchers.add(watch);
  return () => {
    watchers.delete(watch);
  };
}

export function isSomebodyElse(personId: string): boolean {
  return personHere !== null && personHere !== personId;
}
