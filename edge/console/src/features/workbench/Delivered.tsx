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
import { useDeliveries } from "./queries";
import styles from "./thread.module.css";

const signs = {
  pending: <ClockCircleOutlined />,
  sent: <CheckCircleOutlined />,
  arrived: <CheckCircleOutlined />,
  uncertain: <QuestionCircleOutlined />,
  failed: <ExclamationCircleFilled />,
};
type State = keyof typeof signs;
const worst: State[] = ["failed", "uncertain", "pending", "sent", "arrived"];

/** Of a message that went in parts, the part that fares worst. */
export function worstOf(parts: Delivery[]): Delivery | undefined {
  for (const state of worst) {
    const found = parts.find((d) => d.state === state);
    if (found) return found;
  }
  return undefined;
}

export function Delivered({ conversation, message }: { conversation: string; message: string }) {
  const { t } = useTranslation("workbench");
  const all = useDeliveries(conversation).data ?? [];
  const d = worstOf(all.filter((each) => each.message === message));
  if (!d) return null;
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
