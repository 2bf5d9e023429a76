// A metric in full: its chart, its definition, the query behind it, and what it should be.
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Card, Descriptions, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams, useSearchParams } from "react-router";
import { moment } from "../../shell/format";
import { Page } from "../../shell/Page";
import { useMay } from "../../shell/session";
import { Missing, Queried } from "../../shell/states";
import { Compared } from "./Compared";
import { Course } from "./Course";
import { changeOf } from "./change";
import styles from "./cockpit.module.css";
import { Demo } from "./Demo";
import { Family } from "./Family";
import { Filters } from "./Filters";
import { type Figures, type Metric, useFigures } from "./queries";
import { Targets } from "./Targets";
import { duration, shown } from "./value";
import { readView } from "./view";
import { Wanted } from "./Wanted";

export function Detail() {
  const { key = "" } = useParams();
  const [params] = useSearchParams();
  const figures = useFigures(readView(params));
  return (
    <Queried query={figures}>
      {(data) => {
        const metric = data.metrics.find((m) => m.key === key);
        return metric ? <Opened key={key} metric={metric} figures={data} /> : <Missing />;
      }}
    </Queried>
  );
}

function Opened({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  const mayAim = useMay("cockpit", "write");
  return (
    <Page
      title={m.name}
      intro={
        <Link to={`/cockpit${search}`}>
          <ArrowLeftOutlined aria-hidden /> {t("back")}
        </Link>
      }
      extra={<Filters figures={figures} />}
    >
      <Flex vertical gap="middle">
        <Card>
          <Demo figures={figures} />
          <Flex wrap gap="middle" align="baseline">
            <strong className={styles.big}>{shown(m.value, m.unit)}</strong>
            <Compared change={changeOf(m)} />
            {!m.applies && <span className={styles.change}>{t("not_so")}</span>}
            <Wanted metric={m} />
          </Flex>
          <Course metric={m} figures={figures} />
        </Card>
        <Family metric={m} figures={figures} />
        <Meaning metric={m} figures={figures} />
        {mayAim && <Targets metric={m} />}
      </Flex>
    </Page>
  );
}

function Meaning({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  return (
    <Card>
      <Descriptions
        column={1}
        title={<h2 className={styles.heading}>{t("meaning")}</h2>}
        items={[
          { key: "definition", label: t("definition"), children: m.definition },
          {
            key: "query",
            label: t("query"),
            children: (
              <Typography.Text code copyable className={styles.query}>
                {m.query}
              </Typography.Text>
            ),
          },
          ...(m.row ? [{ key: "row", label: t("row"), children: t("row_of", { row: m.row }) }] : []),
          {
            key: "range",
            label: t("range.label"),
            children: `${moment(figures.from)} – ${moment(figures.to)} · ${t("step", { every: duration(figures.step) })}`,
          },
        ]}
      />
    </Card>
  );
}
