// Every figure of the house at a glance.
import { AlertOutlined, DesktopOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { Nothing, Queried } from "../../shell/states";
import { Alarms } from "./Alarms";
import styles from "./cockpit.module.css";
import { Demo } from "./Demo";
import { Exports } from "./Exports";
import { Filters } from "./Filters";
import { Gaps } from "./Gaps";
import { grouped, heads } from "./groups";
import { type Figures, useFigures } from "./queries";
import { Tile } from "./Tile";
import { readView } from "./view";

export function Cockpit() {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const { search } = useLocation();
  const figures = useFigures(readView(params));
  return (
    <Page
      title={t("title")}
      intro={t("intro")}
      extra={
        <>
          <Filters figures={figures.data} />
          {figures.data && <Exports figures={figures.data} />}
          <Link to="/cockpit/alarms">
            <AlertOutlined aria-hidden /> {t("alarms.title")}
          </Link>
          <Link to={`/cockpit/wall${search}`}>
            <DesktopOutlined aria-hidden /> {t("wall.open")}
          </Link>
        </>
      }
    >
      <Queried query={figures}>{(data) => <Groups figures={data} />}</Queried>
    </Page>
  );
}

function Groups({ figures }: { figures: Figures }) {
  const { t } = useTranslation("cockpit");
  if (figures.metrics.length === 0) return <Nothing text={t("empty")} />;
  return (
    <>
      <Demo figures={figures} />
      <Alarms figures={figures} />
      {grouped(heads(figures.metrics)).map(({ heading, metrics }) => (
        <section key={heading} aria-labelledby={`group-${heading}`}>
          <h2 id={`group-${heading}`} className={styles.group}>
            {t(`group.${heading}`, { defaultValue: heading })}
          </h2>
          <div className={styles.grid}>
            {metrics.map((m) => (
              <Tile key={m.key} metric={m} figures={figures} />
            ))}
          </div>
        </section>
      ))}
      <Gaps gaps={figures.gaps} />
    </>
  );
}
