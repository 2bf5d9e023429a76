// The frame of an ordinary page: its title, what one can do there, and its content.
import { Flex } from "antd";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./shell.module.css";

/** Names the page in the browser's tab. */
export function useTitle(title: string) {
  const { t } = useTranslation();
  const brand = t("shell:brand");
  useEffect(() => {
    document.title = title ? `${title} · ${brand}` : brand;
  }, [title, brand]);
}

/** A page with a title. `extra` stands beside the title, and under it where there is no room. */
export function Page({
  title,
  intro,
  extra,
  children,
}: {
  title: string;
  intro?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={styles.page}>
      <Flex wrap justify="space-between" align="center" gap="small" className={styles.pageHead}>
        <div>
          <h1 className={styles.pageTitle}>{title}</h1>
          {intro && <span className={styles.intro}>{intro}</span>}
        </div>
        {extra && (
          <Flex wrap gap="small" align="center">
            {extra}
          </Flex>
        )}
      </Flex>
      {children}
    </div>
  );
}
