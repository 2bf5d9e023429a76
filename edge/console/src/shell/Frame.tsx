// The frame around every page: navigation, and who one is.
import { DisconnectOutlined, MenuOutlined } from "@ant-design/icons";
import { Alert, Button, Drawer, Grid, Layout, Menu, Tooltip } from "antd";
import { Suspense, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import { features } from "../features/registry";
import { useLiveState } from "../live/live";
import { Alerts } from "./Alerts";
import { Boundary } from "./Boundary";
import { BareContext } from "./bare";
import { type Group, opens } from "./feature";
import { currentLang } from "./i18n";
import { Mark } from "./Mark";
import { Account, LangSwitch, StatusSwitch } from "./Person";
import { useMe } from "./session";
import styles from "./shell.module.css";
import { Loading } from "./states";

const groups: Group[] = ["service", "growth", "insight", "rules", "admin"];

function Navigation({ narrow, done }: { narrow: boolean; done?: () => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { pathname } = useLocation();
  const open = useMemo(() => features.filter((f) => opens(me, f)), [me]);
  const here = open.find((f) => pathname === f.path || pathname.startsWith(`${f.path}/`));
  const items = useMemo(() => {
    const lang = i18n.language === "en" ? "en" : "zh";
    const item = (f: (typeof open)[number]) => ({
      key: f.path,
      icon: f.icon,
      label: <Link to={f.path}>{f.title[lang]}</Link>,
      title: f.title[lang],
    });
    const used = groups.filter((g) => open.some((f) => f.group === g));
    if (narrow || used.length < 2) return open.map(item);
    return used.map((g) => ({
      key: g,
      type: "group" as const,
      label: t(`group.${g}`),
      children: open.filter((f) => f.group === g).map(item),
    }));
  }, [open, narrow, t, i18n.language]);
  return (
    <nav aria-label={t("nav")} className={styles.nav}>
      <Menu
        mode="inline"
        inlineCollapsed={narrow}
        selectedKeys={here ? [here.path] : []}
        items={items}
        onClick={done}
        className={styles.menu}
      />
    </nav>
  );
}

function Connection() {
  const { t } = useTranslation();
  const lost = useLiveState() === "lost";
  if (!lost) return null;
  return <Alert banner type="warning" icon={<DisconnectOutlined />} title={t("live.down")} role="status" />;
}

/** The frame; the page stands in its outlet. */
export function Frame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const screens = Grid.useBreakpoint();
  const [bare, setBare] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const phone = screens.md === false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer
  useEffect(() => setDrawer(false), [pathname]);
  const page = (
    <BareContext value={setBare}>
      <Boundary at={pathname}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </Boundary>
    </BareContext>
  );
  return (
    <Layout className={styles.frame}>
      {!bare && (
        <a href="#content" className={styles.skip}>
          {t("skip")}
        </a>
      )}
      {!bare && (
        <Layout.Header className={styles.header}>
          {phone && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t("menu")}
              onClick={() => setDrawer(true)}
            />
          )}
          <Tooltip title={t("home")}>
            <Link to="/" className={styles.brand} aria-label={phone ? t("brand") : undefined}>
              <Mark />
              {!phone && <span>{currentLang() === "zh" ? "客流" : "Keliu"}</span>}
            </Link>
          </Tooltip>
          <div id="page-bar" className={styles.bar} />
          <Alerts />
          <StatusSwitch />
          {!phone && <LangSwitch />}
          <Account />
        </Layout.Header>
      )}
      <Layout className={styles.body}>
        {!bare && !phone && (
          <Layout.Sider width={200} collapsedWidth={56} collapsed={!screens.xl} className={styles.sider}>
            <Navigation narrow={!screens.xl} />
          </Layout.Sider>
        )}
        <Layout.Content id="content" className={styles.content} tabIndex={-1}>
          <Connection />
          {page}
        </Layout.Content>
      </Layout>
      <Drawer
        open={drawer && phone}
        onClose={() => setDrawer(false)}
        placement="left"
        size={260}
        title={t("brand")}
        styles={{ body: { padding: 8 } }}
      >
        <Navigation narrow={false} done={() => setDrawer(false)} />
        <LangSwitch />
      </Drawer>
    </Layout>
  );
}
