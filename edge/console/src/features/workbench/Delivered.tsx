// What became of a message on an outside network. Channels of our own have nothing to tell: there what stands in the thread is there.
import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
} from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { clock, moment } from "../../shell/format";
import type { Delivery } from "./model";
import styles from "./thread.module.css";

const signs = {
  pending: <ClockCircleOutlined />,
  sent: <CheckCircleOutlined />,
  arrived: <CheckCircleOutlined />,
  uncertain: <QuestionCircleOutlined />,
  failed: <ExclamationCircleFilled />,
};
type State = keyof typeof signs;

export function Delivered({ delivery: d }: { delivery: Delivery }) {
  const { t } = useTranslation("workbench");
  const state = d.state as State;
  const bad = state === "failed" || state === "uncertain" || d.unconfirmed;
  return (
    <p className={bad ? styles.undelivered : styles.delivered} title={moment(d.at)}>
      {signs[state]} {t(d.unconfirmed ? "delivery.unconfirmed" : `delivery.${state}`)}
      {state === "failed" && d.because && t("delivery.because", { because: d.because })}
      {state === "failed" && d.retry && ` ${t("delivery.retry", { at: clock(d.retry) })}`}
    </p>
  );
}
