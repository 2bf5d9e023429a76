// Whether somebody works now, and until when.
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock } from "../../shell/format";

export function Opening({ open, next }: { open: boolean; next?: string }) {
  const { t } = useTranslation("people");
  const state = open ? "open" : "closed";
  return (
    <Tag color={open ? "green" : undefined}>
      {t(state)}
      {next && ` · ${t(`${state}_until`, { at: clock(next) })}`}
    </Tag>
  );
}
