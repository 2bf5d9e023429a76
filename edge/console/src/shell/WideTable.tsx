// A table that may be wider than the screen: it scrolls in a region that the keyboard reaches.
import { Table, type TableProps, Typography } from "antd";

interface Props<T> extends TableProps<T> {
  label: string; // names the region
  least: number; // px, under which the columns are not squeezed
  empty?: string; // what stands there while there are no rows
}

export function WideTable<T extends object>({ label, least, empty, ...table }: Props<T>) {
  const emptyText = empty && <Typography.Text>{empty}</Typography.Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section aria-label={label} tabIndex={0} style={{ overflowX: "auto" }}>
      <Table<T> {...table} locale={empty ? { emptyText } : undefined} style={{ minWidth: least }} />
    </section>
  );
}
