// The figures that are worse than their alarm allows.
import { Alert, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import type { Metric } from "./queries";
import { shown } from "./value";

export function Alarms({ metrics }: { metrics: Metric[] }) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  const alarming = metrics.filter((m) => m.alarm);
  return (
    <div role="status">
      {alarming.length > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginTop: 8 }}
          title={
            <Flex wrap gap="small">
              <strong>{t("target.alarms", { count: alarming.length })}</strong>
              {alarming.map((m) => (
                <Link key={m.key} to={`/cockpit/metrics/${m.key}${search}`}>
                  {m.name} {shown(m.value, m.unit)}
                </Link>
              ))}
            </Flex>
          }
        />
      )}
    </div>
  );
}
