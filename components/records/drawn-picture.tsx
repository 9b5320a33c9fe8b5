"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

interface DrawnPictureProps {
  source: string;
  alt: string;
  /** What stands there when the picture does not come. */
  instead: ReactNode;
}

/** A picture drawn on the server, or a sentence in its place: never the browser's torn page. */
export function DrawnPicture({ source, alt, instead }: DrawnPictureProps) {
  const [hasFailed, setHasFailed] = useState(false);
  const image = useRef<HTMLImageElement>(null);

  useEffect(() => {
    // It may have failed before this code arrived; then nobody heard.
    if (image.current?.complete && image.current.naturalWidth === 0) setHasFailed(true);
  }, []);

  if (hasFailed) return <p role="status">{instead}</p>;
  return (
    <div className="flex justify-center rounded-md bg-black p-gap-m text-white">
      <img
        ref={image}
        src={source}
        alt={alt}
        onError={() => setHasFailed(true)}
        className="max-h-[75vh] min-h-40 object-contain"
      />
    </div>
  );
}
