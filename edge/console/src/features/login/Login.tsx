// Where the staff log in.
import { ApiOutlined, LockOutlined, ReadOutlined, ShopOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, Typography } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { ApiError, api } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Request } from "../../api/types";
import { addTexts } from "../../shell/i18n";
import { Mark } from "../../shell/Mark";
import { useTitle } from "../../shell/Page";
import { LangSwitch } from "../../shell/Person";
import en from "./en";
import styles from "./login.module.css";
import { nextPath } from "./next";
import zh from "./zh";

addTexts("login", { zh, en });

type Entries = Request<"/api/v1/staff/login">;

/** The server says in its page whether it runs with demo data. */
const demo = document.querySelector<HTMLMetaElement>("meta[name=keliu-demo]")?.content === "true";

export default function Login() {
  const { t } = useTranslation("login");
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const wait = useCountdown();
  useTitle(t("title"));
  const enter = useMutation({
    mutationFn: (body: Entries) => api.POST("/api/v1/staff/login", { body }),
    meta: { quiet: true },
    onSuccess: () => {
      queryClient.clear();
      navigate(nextPath(params.get("next")), { replace: true });
    },
    onError: (err) => err instanceof ApiError && wait.start(err.retryAfter),
  });
  // A password that an administrator handed out is changed before anything else.
  const initial =
    enter.error instanceof ApiError && ["password_initial", "password_weak"].includes(enter.error.code);
  return (
    <Flex vertical className={styles.page}>
      <Flex justify="end">
        <LangSwitch />
      </Flex>
      <main className={styles.card}>
        <Mark size={44} />
        <Typography.Title level={1} className={styles.title}>
          {t("title")}
        </Typography.Title>
        <Typography.Paragraph type="secondary">{t("intro")}</Typography.Paragraph>
        <Form<Entries> layout="vertical" requiredMark={false} onFinish={(entries) => enter.mutate(entries)}>
          {enter.error && (
            <Alert
              type={initial ? "info" : "error"}
              showIcon
              title={enter.error.message}
              className={styles.problem}
              role="alert"
            />
          )}
          <Form.Item name="user" label={t("user")} rules={[{ required: true, message: t("user_missing") }]}>
            <Input
              autoFocus
              autoComplete="username"
              autoCapitalize="none"
              prefix={<UserOutlined />}
              size="large"
              maxLength={64}
            />
          </Form.Item>
          <Form.Item
            name="password"
            label={t("password")}
            rules={[{ required: true, message: t("password_missing") }]}
          >
            <Input.Password
              autoComplete="current-password"
              prefix={<LockOutlined />}
              size="large"
              maxLength={256}
            />
          </Form.Item>
          {initial && (
            <Form.Item
              name="new_password"
              label={t("new_password")}
              rules={[{ required: true, min: 10, message: t("new_password_rule") }]}
            >
              <Input.Password
                autoFocus
                autoComplete="new-password"
                prefix={<LockOutlined />}
                size="large"
                maxLength={256}
              />
            </Form.Item>
          )}
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            block
            loading={enter.isPending}
            disabled={wait.left > 0}
          >
            {wait.left > 0 ? t("wait", { seconds: wait.left }) : t("enter")}
          </Button>
        </Form>
        {demo && <Demo />}
      </main>
    </Flex>
  );
}

/** Counts down the seconds until a new try makes sense. */
function useCountdown() {
  const [left, start] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const tick = setTimeout(() => start(left - 1), 1000);
    return () => clearTimeout(tick);
  }, [left]);
  return { left, start };
}

function Demo() {
  const { t } = useTranslation("login");
  const links = [
    { to: "/demo", icon: <ShopOutlined />, text: t("demo.shop") },
    { to: "/openapi.json", icon: <ApiOutlined />, text: t("demo.api") },
    { to: "/readyz", icon: <ReadOutlined />, text: t("demo.health") },
  ];
  return (
    <section className={styles.demo} aria-labelledby="demo">
      <h2 id="demo">{t("demo.title")}</h2>
      <p>{t("demo.accounts")}</p>
      <p>{t("demo.password")}</p>
      <Flex gap="middle" wrap>
        {links.map((l) => (
          <a key={l.to} href={l.to} target="_blank" rel="noopener">
            {l.icon} {l.text}
          </a>
        ))}
      </Flex>
    </section>
  );
}
