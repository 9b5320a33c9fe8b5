interface PlainSelectProps {
  /** The name it is sent under, and its id. */
  name: string;
  /** What stands for no choice. */
  none: string;
  options: readonly { value: string; label: string }[];
  value?: string | undefined;
  id?: string;
}

/** A choice in a form the browser sends by itself: no script, nothing kept. */
export function PlainSelect({ name, none, options, value, id = name }: PlainSelectProps) {
  return (
    <select className="control" id={id} name={name} defaultValue={value ?? ""}>
      <option value="">{none}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
