// One filter: a list of which one is chosen, or none.
import { Select } from "antd";

interface Props {
  label: string;
  value?: string;
  options: { value: string; label: string }[];
  change: (value?: string) => void;
}

export function Choice({ label, value, options, change }: Props) {
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      value={value}
      options={options}
      onChange={change}
    />
  );
}
