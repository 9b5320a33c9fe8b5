"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass } from "@/components/ui/button-look";
import type { ButtonLook } from "@/components/ui/button-look";

interface SubmitButtonProps {
  children: ReactNode;
  look?: ButtonLook;
  /** Sent with the form when it has several buttons. */
  name?: string;
  value?: string;
  /** Told to screen readers while the answer is awaited. */
  pendingLabel?: string;
}

/** Sends the form once: while the answer is awaited a second click does nothing, and focus stays. */
export function SubmitButton({ children, look = "primary", name, value, pendingLabel }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
      className={buttonClass(look)}
    >
      {children}
      {pending && pendingLabel !== undefined ? (
        <span role="status" className="font-normal">
          {pendingLabel}
        </span>
      ) : null}
    </button>
  );
}
