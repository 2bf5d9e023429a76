// What stands in a page's place while there is nothing to show, or nothing may be shown.
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Empty, Flex, Result, Skeleton, Typography } from "antd";
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

/** When something could not be loaded. */
export function Failed({ error, retry }: { error: Error; retry?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (error instanceof ApiError && error.status === 404) return <Missing />;
  const id = error instanceof ApiError ? error.requestId : "";
  return (
    <div role="alert">
      <Result
        status={error instanceof ApiError && error.status >= 500 ? "500" : "warning"}
        title={t("error.title")}
        subTitle={
          <>
            {error.message}
            {id && <Typography.Text className={styles.fine}>{t("error.request", { id })}</Typography.Text>}
          </>
        }
        extra={retry && <Button onClick={retry}>{t("retry")}</Button>}
      />
    </div>
  );
}

/** When a role may not use a page. */
export function Forbidden() {
  const { t } = useTranslation();
  return (
    <Result status="403" title={t("error.forbidden")} subTitle={t("error.forbidden_text")} extra={<Home />} />
  );
}

/** When there is no such page. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Result status="404" title={t("error.missing")} subTitle={t("error.missing_text")} extra={<Home />} />
  );
}

function Home() {
  const { t } = useTranslation();
  return <Link to="/">{t("error.back")}</Link>;
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
