// Every figure of the house at a glance.
import { DesktopOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { Nothing, Queried } from "../../shell/states";
import styles from "./cockpit.module.css";
import { Exports } from "./Exports";
import { Filters } from "./Filters";
import { grouped } from "./groups";
import { type Figures, useBefore, useFigures } from "./queries";
import { Tile } from "./Tile";
import { readView } from "./view";

export function Cockpit() {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const { search } = useLocation();
  const view = readView(params);
  const figures = useFigures(view);
  const before = useBefore(view);
  return (
    <Page
      title={t("title")}
      intro={t("intro")}
      extra={
        <>
          <Filters />
          {figures.data && <Exports figures={figures.data} before={before.data} />}
          <Link to={`/cockpit/wall${search}`}>
            <DesktopOutlined aria-hidden /> {t("wall.open")}
          </Link>
        </>
      }
    >
      <Queried query={figures}>{(data) => <Groups figures={data} before={before.data} />}</Queried>
    </Page>
  );
}

function Groups({ figures, before }: { figures: Figures; before: Figures | undefined }) {
  const { t } = useTranslation("cockpit");
  if (figures.metrics.length === 0) return <Nothing text={t("empty")} />;
  const older = new Map(before?.metrics.map((m) => [m.key, m]));
  return grouped(figures.metrics).map(({ heading, metrics }) => (
    <section key={heading} aria-labelledby={`group-${heading}`}>
      <h2 id={`group-${heading}`} className={styles.group}>
        {t(`group.${heading}`)}
      </h2>
      <div className={styles.grid}>
        {metrics.map((m) => (
          <Tile key={m.key} metric={m} before={older.get(m.key)} figures={figures} />
        ))}
      </div>
    </section>
  ));
}
