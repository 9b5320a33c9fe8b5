/** Whether a part of an address can name a centre or a doctor at all; anything may stand in an address, a zero byte too. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9-]{1,120}$/.test(text);
}
