// Whether the trail is whole, and up to where that is known.
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { count, moment } from "../../shell/format";
import type { Checked, State } from "./queries";

/** Says how far the trail was checked last: just now, or by whoever did it before. */
export function Chain({ state, checked }: { state?: State; checked?: Checked }) {
  const { t } = useTranslation("audit");
  if (checked && !checked.whole)
    return <Alert showIcon type="error" title={t("broken", { where: checked.broken })} />;
  if (!state) return null;
  const last = state.verified;
  const size = t("size", { n: count(state.entries), at: state.since ? moment(state.since) : "–" });
  if (!last) return <Alert showIcon type="info" title={t("unverified")} description={size} />;
  const said = {
    n: count(last.entries),
    by: last.by,
    at: moment(last.at),
    since: count(state.entries - last.entries),
  };
  return (
    <Alert
      showIcon
      type={last.whole ? "success" : "error"}
      title={last.whole ? t("whole", said) : t("was_broken", said)}
      description={size}
    />
  );
}
