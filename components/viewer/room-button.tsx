import type { ReactNode } from "react";

interface RoomButtonProps {
  label: string;
  onPress: () => void;
  /** Only for what is on or off. */
  isOn?: boolean;
  /** Drawn in a square of 20. */
  children: ReactNode;
}

export function RoomButton({ label, onPress, isOn, children }: RoomButtonProps) {
  return (
    <button
      type="button"
      className="room-button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onPress}
    >
      <svg
        viewBox="0 0 20 20"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        {children}
      </svg>
    </button>
  );
}
