import type { ReactNode } from "react";

interface CardProps {
  /** Words become a heading of the second level; anything else is one already. */
  heading?: ReactNode;
  /** The element it is: an article by itself, a section of a page, or a plain box. */
  as?: "article" | "section" | "div" | "li";
  /** For links to it from further up the page. */
  id?: string;
  className?: string;
  children: ReactNode;
}

/** A sheet on the paper: a hairline, no shadow. */
export function Card({ heading, as: Element = "div", id, className = "", children }: CardProps) {
  return (
    <Element
      id={id}
      className={`keep space-y-gap rounded-md border border-line bg-card p-gap-m max-sm:px-[5vw] ${className}`}
    >
      {typeof heading === "string" ? <h2 className="text-lg">{heading}</h2> : heading}
      {children}
    </Element>
  );
}
