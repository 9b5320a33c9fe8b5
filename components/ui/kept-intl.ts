const KEPT_MAX = 300;

/** Keeps what `make` makes, by language and wish: a formatter costs far more than what it formats. Within bounds, for zones are many. */
function kept<O, F>(make: (tag: string, options: O) => F): (tag: string, options: O) => F {
  const made = new Map<string, F>();
  return (tag, options) => {
    const key = `${tag} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= KEPT_MAX) made.clear();
    const fresh = make(tag, options);
    made.set(key, fresh);
    return fresh;
  };
}

export const numberFormat = kept(
  (tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
);

export const dateFormat = kept(
  (tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);

export const displayNames = kept(
  (tag, options: Intl.DisplayNamesOptions) => new Intl.DisplayNames(tag, options),
);

export const collator = kept((tag, options: Intl.CollatorOptions) => new Intl.Collator(tag, options));
