import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-look";
import type { ButtonLook } from "@/components/ui/button-look";

type ButtonProps = ComponentProps<"button"> & { look?: ButtonLook };

/** A plain button. Inside a form of an action use SubmitButton, which guards against a second click. */
export function Button({ look = "quiet", type = "button", className, ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />;
}

interface LinkButtonProps {
  href: string;
  look?: ButtonLook;
  className?: string;
  children: ReactNode;
}

/** A link that looks like a button, never fetched ahead: opening a page may be an event of its own. */
export function LinkButton({ href, look = "quiet", className, children }: LinkButtonProps) {
  return (
    <Link href={href} prefetch={false} className={buttonClass(look, className)}>
      {children}
    </Link>
  );
}
