// The figures that are worse over the last hour than their alarms allow: what the list of alarms says lasts, whatever is looked at.
import { Alert, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { moment } from "../../shell/format";
import type { Figures } from "./queries";
import { shown } from "./value";

export function Alarms({ figures: { alarms, metrics } }: { figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  return (
    <div role="status">
      {alarms.length > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginTop: 8 }}
          title={
            <Flex wrap gap="4px 16px">
              <strong>{t("target.alarms", { count: alarms.length })}</strong>
              {alarms.map((a) => {
                const of = metrics.find((m) => m.key === a.key);
                return (
                  <Link key={a.key} to={`/cockpit/metrics/${a.key}${search}`} title={moment(a.began)}>
                    {of?.name ?? a.key} {shown(a.value, of?.unit ?? "count")}
                  </Link>
                );
              })}
            </Flex>
          }
        />
      )}
    </div>
  );
}
