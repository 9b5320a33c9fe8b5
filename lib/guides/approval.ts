import type { Region } from "./region";

export const APPROVAL_STATUSES = ["approved", "trial"] as const;

export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** What one authority says about one device. */
export interface Approval {
  region: Region;
  status: ApprovalStatus;
  /** A day or only a year, as the source tells it. */
  date: string;
  source: string;
  /** False while the operator has not yet seen the certificate or the authority's own list. */
  verified: boolean;
}

/** Approvals known in general, whose certificate the operator has still to see. */
export function toVerify(regions: readonly Region[], date = "before 2024"): Approval[] {
  return regions.map((region) => ({
    region,
    status: "approved",
    date,
    source: "General knowledge; the operator checks the certificate before launch",
    verified: false,
  }));
}
