/** What the page is told when it signs somebody in, or asks who they are once more, without being left. */
export type SessionAnswer =
  | {
      state: "in";
      personId: string;
      /** Where a sign-in page goes on to. */
      to?: string;
    }
  /** The password was right; a second step is still to be taken. */
  | { state: "code" }
  | { state: "refused"; message: string }
  /** What was begun cannot be finished any more. */
  | { state: "over"; message: string };
