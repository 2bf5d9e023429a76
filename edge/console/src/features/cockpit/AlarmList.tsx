// Every alarm that there was: which figure, how bad, from when to when.
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moment } from "../../shell/format";
import { Page } from "../../shell/Page";
import { Nothing, Queried } from "../../shell/states";
import { type Alarm, type Metric, useAlarms, useFigures } from "./queries";
import { duration, shown } from "./value";
import { readView } from "./view";

export function AlarmList() {
  const { t } = useTranslation("cockpit");
  const figures = useFigures(readView(new URLSearchParams()));
  const alarms = useAlarms();
  return (
    <Page
      title={t("alarms.title")}
      intro={
        <Link to="/cockpit">
          <ArrowLeftOutlined aria-hidden /> {t("back")}
        </Link>
      }
    >
      <p>{t("alarms.intro")}</p>
      <Queried query={figures}>
        {({ metrics }) => (
          <Queried query={alarms}>{(all) => <Listed alarms={all} metrics={metrics} />}</Queried>
        )}
      </Queried>
    </Page>
  );
}

function Listed({ alarms, metrics }: { alarms: Alarm[]; metrics: Metric[] }) {
  const { t } = useTranslation("cockpit");
  const of = (key: string) => metrics.find((m) => m.key === key);
  if (alarms.length === 0) return <Nothing text={t("alarms.none")} />;
  return (
    <Table<Alarm>
      dataSource={alarms}
      rowKey={(a) => `${a.key} ${a.began}`}
      scroll={{ x: 640 }}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      columns={[
        {
          title: t("alarms.metric"),
          render: (_, a) => <Link to={`/cockpit/metrics/${a.key}`}>{of(a.key)?.name ?? a.key}</Link>,
        },
        {
          title: t("alarms.lasted"),
          render: (_, a) =>
            a.ended ? (
              duration((Date.parse(a.ended) - Date.parse(a.began)) / 1000)
            ) : (
              <Tag color="error">{t("alarms.lasts")}</Tag>
            ),
        },
        { title: t("alarms.value"), render: (_, a) => shown(a.value, of(a.key)?.unit ?? "count") },
        { title: t("target.limit"), render: (_, a) => shown(a.limit, of(a.key)?.unit ?? "count") },
        { title: t("alarms.began"), render: (_, a) => moment(a.began) },
      ]}
    />
  );
}
