// Whoever is logged in: whether they are there, their language, the look, the way out.
import {
  BgColorsOutlined,
  LockOutlined,
  LogoutOutlined,
  TranslationOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Avatar, Badge, Button, Dropdown, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "../api/client";
import { queryClient } from "../api/queries";
import type { Me } from "../api/types";
import { useLive } from "../live/live";
import { may } from "./feature";
import { currentLang, speak } from "./i18n";
import { meKey, useMe } from "./session";
import styles from "./shell.module.css";
import { type Scheme, useLook } from "./theme";

const OwnPassword = lazy(() => import("../features/login/OwnPassword"));

const states = ["online", "away", "offline"] as const;
const dots = { online: "success", away: "warning", offline: "default" } as const;

/** Changes whether one takes conversations now. */
export function useStatus() {
  return useMutation({
    mutationFn: (status: string) => api.PUT("/api/v1/staff/status", { body: { status } }),
    onSuccess: (_, status) => queryClient.setQueryData<Me>(meKey, (known) => known && { ...known, status }),
  });
}

/** Whether an agent takes conversations now. Those who answer nobody have no such switch. */
export function StatusSwitch() {
  const { t } = useTranslation();
  const me = useMe();
  const change = useStatus();
  useLive("presence", ({ agents }) => {
    const mine = agents.find((a) => a.id === me.id);
    if (mine)
      queryClient.setQueryData<Me>(
        meKey,
        (known) => known && { ...known, status: mine.status, load: mine.load },
      );
  });
  if (!may(me, "conversations", "write") || me.capacity === 0) return null;
  return (
    <Select
      aria-label={t("status.label")}
      className={styles.status}
      variant="filled"
      value={me.status}
      loading={change.isPending}
      onChange={(status) => change.mutate(status)}
      options={states.map((s) => ({ value: s, label: <Badge status={dots[s]} text={t(`status.${s}`)} /> }))}
    />
  );
}

/** Changes between the two languages. */
export function LangSwitch() {
  const { t } = useTranslation();
  return (
    <Button
      type="text"
      icon={<TranslationOutlined />}
      onClick={() => speak(currentLang() === "zh" ? "en" : "zh")}
    >
      {t("other_language")}
    </Button>
  );
}

/** Who one is, the look of the page, and the way out. */
export function Account() {
  const { t } = useTranslation();
  const me = useMe();
  const look = useLook();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => api.POST("/api/v1/staff/logout"),
    onSuccess: () => {
      queryClient.clear();
      navigate("/login", { replace: true });
    },
  });
  const schemes: Scheme[] = ["light", "dark", "system"];
  const [changing, setChanging] = useState(false);
  const account = (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [look.chosen],
        items: [
          {
            key: "who",
            type: "group",
            label: `${me.name} · ${t(`role.${me.role}`, { defaultValue: me.role })}`,
          },
          { type: "divider" },
          {
            key: "theme",
            icon: <BgColorsOutlined />,
            label: t("theme.label"),
            children: schemes.map((s) => ({ key: s, label: t(`theme.${s}`), onClick: () => look.choose(s) })),
          },
          {
            key: "password",
            icon: <LockOutlined />,
            label: t("change_password"),
            onClick: () => setChanging(true),
          },
          { key: "logout", icon: <LogoutOutlined />, label: t("logout"), onClick: () => leave.mutate() },
        ],
      }}
    >
      <Button type="text" aria-label={`${t("account")}: ${me.name}`} className={styles.account}>
        <Avatar size={26} icon={<UserOutlined />} className={styles.avatar} />
        <span className={styles.name}>{me.name}</span>
      </Button>
    </Dropdown>
  );
  return (
    <>
      {account}
      {changing && (
        <Suspense>
          <OwnPassword close={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
