import type { Role } from "@/lib/kernel/actor";
import { isDemo } from "./env";

/** In milliseconds. */
export const MINUTE = 60_000;

export function isStaff(roles: readonly Role[]): boolean {
  return roles.some((role) => role !== "patient");
}

/** Idle and absolute life of a browser session: staff 15 min and 8 h, everybody else 30 min and 12 h. */
export function sessionLife(roles: readonly Role[]): { idleMs: number; absoluteMs: number } {
  return isStaff(roles)
    ? { idleMs: 15 * MINUTE, absoluteMs: 8 * 60 * MINUTE }
    : { idleMs: 30 * MINUTE, absoluteMs: 12 * 60 * MINUTE };
}

/** After how much quiet somebody in these roles is signed out. */
export function idleMinutes(roles: readonly Role[]): number {
  return sessionLife(roles).idleMs / MINUTE;
}

/** Whether somebody in these roles is let in nowhere without a second factor: staff are, outside the demo. */
export function mustHaveFactor(roles: readonly Role[]): boolean {
  return isStaff(roles) && !isDemo();
}
