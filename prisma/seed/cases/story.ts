import type { Outcome } from "@/lib/kernel/outcome";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { Chance } from "../chance";
import type { PlacedClinic } from "../clinics";
import type { Cast } from "./cast";
import { at } from "./clock";
import type { Plot } from "./plot";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** One case while it is told: who acts in it, how far its clock has come, and the dice of its details. */
export class Story {
  readonly chance: Chance;
  readonly patient: Patient;
  readonly owner: Coordinator;
  caseId = "";
  private last = 0;

  constructor(
    readonly plot: Plot,
    readonly cast: Cast,
    readonly clinics: readonly PlacedClinic[],
    readonly now: Date,
  ) {
    this.chance = new Chance(plot.key);
    this.patient = cast.patientOf(plot);
    this.owner = cast.coordinators[plot.owner - 1] ?? cast.coordinators[0];
  }

  /**
   * Does the next thing so many days before today, in working hours where it is long enough ago; never before what
   * came last and never after now. Throws when a verb refuses: a story the product forbids is a mistake of its author.
   */
  async then<T>(daysAgo: number, act: (now: Date) => Promise<Outcome<T>>): Promise<T> {
    const moment = this.moment(daysAgo);
    const outcome = await at(moment, () => act(new Date()));
    if (!outcome.ok) throw new Error(`${this.plot.key}: ${outcome.reason} ${JSON.stringify(outcome.detail)}`);
    return outcome.value;
  }

  /** The same for what cannot be refused. */
  async do<T>(daysAgo: number, act: (now: Date) => Promise<T>): Promise<T> {
    return at(this.moment(daysAgo), () => act(new Date()));
  }

  private moment(daysAgo: number): Date {
    const latest = this.now.getTime() - MINUTE;
    const wished = daysAgo > 1.5 ? this.workingHour(daysAgo) : this.now.getTime() - daysAgo * DAY;
    const time = Math.min(latest, Math.max(wished, this.last + this.chance.whole(2, 9) * MINUTE));
    this.last = Math.max(time, this.last + 1_000);
    return new Date(this.last);
  }

  private workingHour(daysAgo: number): number {
    const midnight = Math.floor((this.now.getTime() - daysAgo * DAY) / DAY) * DAY;
    return midnight + this.chance.whole(7 * 60, 16 * 60) * MINUTE;
  }
}
