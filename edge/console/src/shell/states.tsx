// What stands in a page's place while there is nothing to show, or nothing may be shown.
import { CloudServerOutlined, FileSearchOutlined, LockOutlined, WarningOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Empty, Flex, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiError } from "../api/client";
import styles from "./shell.module.css";

/** While something loads. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="status" aria-label={t("loading")}>
      <Skeleton active paragraph={{ rows: 6 }} />
    </div>
  );
}

/** A sign, a sentence, and a way on. */
export function Instead({ sign, title, children }: { sign: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={styles.place}>
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** When something could not be loaded. */
export function Failed({ error, retry }: { error: Error; retry?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (error instanceof ApiError && error.status === 404) return <Missing />;
  const id = error instanceof ApiError ? error.requestId : "";
  const ours = error instanceof ApiError && error.status < 500;
  return (
    <div role="alert">
      <Instead sign={ours ? <WarningOutlined /> : <CloudServerOutlined />} title={t("error.title")}>
        <p>{error.message}</p>
        {id && <p className={styles.fine}>{t("error.request", { id })}</p>}
        {retry && <Button onClick={retry}>{t("retry")}</Button>}
      </Instead>
    </div>
  );
}

/** When a role may not use a page. */
export function Forbidden() {
  const { t } = useTranslation();
  return (
    <Instead sign={<LockOutlined />} title={t("error.forbidden")}>
      <p>{t("error.forbidden_text")}</p>
      <Link to="/">{t("error.back")}</Link>
    </Instead>
  );
}

/** When there is no such page. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Instead sign={<FileSearchOutlined />} title={t("error.missing")}>
      <p>{t("error.missing_text")}</p>
      <Link to="/">{t("error.back")}</Link>
    </Instead>
  );
}

/** When there is nothing to show; what to do about it stands in children. */
export function Nothing({ text, children }: { text: ReactNode; children?: ReactNode }) {
  return (
    <Flex vertical align="center" justify="center" className={styles.nothing}>
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
        {children}
      </Empty>
    </Flex>
  );
}

/** Shows what a query answered, and what is to be seen until then. */
export function Queried<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
