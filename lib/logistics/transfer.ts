import type { Edge } from "./machine";

export const TRANSFER_STATES = [
  "requested",
  "assigned",
  "driver_waiting",
  "picked_up",
  "done",
  "no_show",
  "failed",
  "cancelled",
] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

export const TRANSFER_EDGES: readonly Edge<TransferState>[] = [
  { from: ["requested", "assigned"], event: "assign", to: "assigned", who: ["coordinator"] },
  { from: ["assigned"], event: "wait", to: "driver_waiting", who: ["coordinator", "supplier"] },
  {
    from: ["assigned", "driver_waiting"],
    event: "pick_up",
    to: "picked_up",
    who: ["coordinator", "supplier"],
  },
  { from: ["picked_up"], event: "finish", to: "done", who: ["coordinator", "supplier"] },
  { from: ["driver_waiting"], event: "miss", to: "no_show", who: ["coordinator", "supplier"] },
  {
    from: ["requested", "assigned", "driver_waiting", "picked_up"],
    event: "fail",
    to: "failed",
    who: ["coordinator"],
  },
  {
    from: ["requested", "assigned", "driver_waiting"],
    event: "cancel",
    to: "cancelled",
    who: ["coordinator"],
  },
];

/** How long a driver is kept free for one ride. */
export const RIDE_HOURS = 3;
