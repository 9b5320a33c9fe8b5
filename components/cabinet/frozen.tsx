"use client";

import { type ReactNode, useState } from "react";

/**
 * Keeps its content as it was when it first appeared. Around a form that saves itself: what the server says of the rest
 * of the page after each save must not move the rows somebody is typing in.
 */
export function Frozen({ children }: { children: ReactNode }) {
  const [kept] = useState(children);
  return kept;
}
