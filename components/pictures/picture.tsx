import { useId, type ReactNode } from "react";

interface PictureProps {
  /** What the drawing shows, in one line. */
  title: string;
  /** What somebody who cannot see it should know. */
  description: string;
  /** Units of the drawing; labels are 13 units high, so 330 units fill a phone. */
  width: number;
  height: number;
  className?: string;
  children: ReactNode;
}

/**
 * The sheet every drawing stands on: ink on the page, one weight of line at every size, read out by name.
 * Its direction is fixed, because the body is not mirrored where the text is.
 */
export function Picture({ title, description, width, height, className = "", children }: PictureProps) {
  const id = useId();
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}t ${id}d`}
      direction="ltr"
      className={`picture ${className}`}
    >
      <title id={`${id}t`}>{title}</title>
      <desc id={`${id}d`}>{description}</desc>
      {children}
    </svg>
  );
}
