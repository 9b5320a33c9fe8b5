import type { Outcome } from "@/lib/kernel/outcome";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { Chance } from "../chance";
import type { PlacedClinic } from "../clinics";
import type { Cast } from "./cast";
import { at } from "./clock";
import type { Plot } from "./plot";
import { type Vitals, vitalsOf } from "./vitals";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** One case while it is told: who acts in it, how far its clock has come, and the dice of its details. */
export class Story {
  readonly chance: Chance;
  readonly patient: Patient;
  readonly owner: Coordinator;
  readonly vitals: Vitals;
  caseId = "";
  private last = 0;
  private lastAside = 0;

  constructor(
    readonly plot: Plot,
    readonly cast: Cast,
    readonly clinics: readonly PlacedClinic[],
    readonly now: Date,
  ) {
    this.chance = new Chance(plot.key);
    this.vitals = vitalsOf(plot, this.chance);
    this.patient = cast.patientOf(plot);
    this.owner = cast.coordinators[plot.owner - 1] ?? cast.coordinators[0];
  }

  /** Days before today at which this part of the way is done: from the first word to the decision, or to today. */
  part(share: number): number {
    const { started, trip, ending } = this.plot;
    const decided = trip ? -trip.acceptedOn : (ending?.ago ?? 0);
    return started - share * (started - decided);
  }

  /**
   * Does the next thing so many days before today, in working hours where it is long enough ago; never before what
   * came last and never after now. Throws when a verb refuses: a story the product forbids is a mistake of its author.
   */
  async step<T>(daysAgo: number, act: (now: Date) => Promise<Outcome<T>>): Promise<T> {
    const moment = this.moment(daysAgo);
    const outcome = await at(moment, () => act(new Date()));
    if (!outcome.ok) throw new Error(`${this.plot.key}: ${outcome.reason} ${JSON.stringify(outcome.detail)}`);
    return outcome.value;
  }

  /** The same for what cannot be refused. */
  async do<T>(daysAgo: number, act: (now: Date) => Promise<T>): Promise<T> {
    return at(this.moment(daysAgo), () => act(new Date()));
  }

  /** Something said beside the course of things: whatever happened since, but after what was said before it. */
  async aside<T>(daysAgo: number, act: (now: Date) => Promise<Outcome<T>>): Promise<T> {
    const course = this.last;
    this.last = this.lastAside;
    try {
      return await this.step(daysAgo, act);
    } finally {
      this.lastAside = this.last;
      this.last = course;
    }
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
