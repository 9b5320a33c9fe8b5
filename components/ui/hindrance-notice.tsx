"use client";

import { useEffect, useRef } from "react";

interface HindranceNoticeProps {
  title: string;
  message: string;
  /** Opened in another tab, so that what was typed stays in this one. */
  link: { href: string; label: string } | null;
  /** A new one for each time it happened: the focus goes there again. Null leaves the focus where it is. */
  occasion: object | null;
}

/** Says why a form could not be sent, and that everything typed is still there. */
export function HindranceNotice({ title, message, link, occasion }: HindranceNoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (occasion) box.current?.focus();
  }, [occasion]);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-md border border-danger border-s-4 bg-danger-tint p-4"
    >
      <p className="font-semibold text-danger">{title}</p>
      <p>{message}</p>
      {link === null ? null : (
        <a className="link" href={link.href} target="_blank" rel="noopener">
          {link.label}
        </a>
      )}
    </div>
  );
}
