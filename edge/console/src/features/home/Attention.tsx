// What waits for an administrator: each line names it, and leads to where it is dealt with.
import { CheckCircleOutlined, RightOutlined } from "@ant-design/icons";
import { Card, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Queried } from "../../shell/states";
import styles from "./home.module.css";
import { useAttention } from "./queries";

export function Attention() {
  const { t } = useTranslation("home");
  const waiting = useAttention();
  return (
    <Card title={t("attention")} size="small" style={{ marginBottom: 16 }}>
      <Queried query={waiting}>
        {(all) =>
          all.length === 0 ? (
            <Typography.Text>
              <CheckCircleOutlined aria-hidden style={{ color: "var(--ant-color-success)" }} />{" "}
              {t("attention_none")}
            </Typography.Text>
          ) : (
            <ul className={styles.list}>
              {all.map((a) => (
                <li key={a.what}>
                  <Link to={a.path} className={styles.line}>
                    <Flex justify="space-between" gap="small">
                      <span>{t(`what.${a.what}`, { count: a.count, names: a.names })}</span>
                      <RightOutlined aria-hidden />
                    </Flex>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Queried>
    </Card>
  );
}
