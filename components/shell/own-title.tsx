"use client";

import { useEffect } from "react";

/** The title of a state that came in place of a page, whose own title is the one known so far; it returns with the page. */
export function OwnTitle({ title }: { title: string }) {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      if (document.title === title) document.title = before;
    };
  }, [title]);
  return null;
}
