import type { ReactNode } from "react";

/** Marks allowed inside longer texts of the catalogues: `t.rich("body", RICH)`. */
export const RICH = {
  p: (words: ReactNode) => <p>{words}</p>,
  b: (words: ReactNode) => <strong>{words}</strong>,
  ul: (words: ReactNode) => <ul>{words}</ul>,
  li: (words: ReactNode) => <li>{words}</li>,
};
