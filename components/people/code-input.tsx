import { TextInput } from "@/components/ui/controls";

interface CodeInputProps {
  /** False where a recovery code may be typed instead. */
  digitsOnly?: boolean;
}

/** The six digits of an authenticator app: digits first on a phone, offered by the browser, read from left to right. */
export function CodeInput({ digitsOnly = true }: CodeInputProps) {
  return (
    <TextInput
      autoComplete="one-time-code"
      inputMode={digitsOnly ? "numeric" : "text"}
      spellCheck={false}
      required
      maxLength={40}
      dir="ltr"
      className="max-w-48 text-start tracking-widest"
    />
  );
}
