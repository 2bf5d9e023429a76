// The first page: a person who has one place to work goes there; everybody else chooses.
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";
import { opens } from "../../shell/feature";
import { addTexts } from "../../shell/i18n";
import { Page } from "../../shell/Page";
import { useMay, useMe } from "../../shell/session";
import { Forbidden } from "../../shell/states";
import { features } from "../registry";
import { Attention } from "./Attention";
import en from "./en";
import styles from "./home.module.css";
import zh from "./zh";

addTexts("home", { zh, en });

/** Where each role works most of the day. */
const desks: Record<string, string> = {
  agent: "/inbox",
  marketing: "/marketing",
  compliance: "/policies",
  executive: "/cockpit",
};

export default function Home() {
  const { t, i18n } = useTranslation("home");
  const me = useMe();
  const administers = useMay("settings", "write");
  const open = features.filter((f) => opens(me, f));
  const desk = open.find((f) => f.path === desks[me.role]) ?? (open.length === 1 ? open[0] : undefined);
  if (desk) return <Navigate to={desk.path} replace />;
  if (open.length === 0) return <Forbidden />;
  const lang = i18n.language === "en" ? "en" : "zh";
  return (
    <Page title={t("title", { name: me.name })} intro={t("intro")}>
      {administers && <Attention />}
      <div className={styles.grid}>
        {open.map((f) => (
          <Link key={f.path} to={f.path} className={styles.tile}>
            <span className={styles.icon}>{f.icon}</span>
            <span>
              <strong>{f.title[lang]}</strong>
              <span className={styles.about}>{t(`about.${f.path.slice(1)}`, { defaultValue: "" })}</span>
            </span>
          </Link>
        ))}
      </div>
    </Page>
  );
}
