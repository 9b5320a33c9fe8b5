import { ValveMark } from "@/components/ui/valve-mark";

export function Brand({ href, name }: { href: string; name: string }) {
  return (
    <a href={href} className="flex min-h-11 items-center gap-2 text-primary">
      <ValveMark size={28} />
      <span className="text-lg font-semibold tracking-tight text-ink">{name}</span>
    </a>
  );
}
