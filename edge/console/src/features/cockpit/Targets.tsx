// What a metric should reach, and from where on it raises an alarm.
import { Button, Card, Flex, Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Queried } from "../../shell/states";
import { toast } from "../../shell/toast";
import styles from "./cockpit.module.css";
import { type Metric, type Target, useSetTarget, useTargets } from "./queries";

/** How a unit is typed: shares as percentages. */
const typed: Record<string, { sign: string; times: number }> = {
  ratio: { sign: "%", times: 100 },
  seconds: { sign: "s", times: 1 },
  milliseconds: { sign: "ms", times: 1 },
  CNY: { sign: "¥", times: 1 },
};

interface Fields {
  target: number | null;
  alarm: number | null;
}

export function Targets({ metric: m }: { metric: Metric }) {
  const { t } = useTranslation("cockpit");
  const targets = useTargets();
  return (
    <Card>
      <h2 className={styles.heading}>{t("target.title")}</h2>
      <p className={styles.change}>{t(m.good ? `target.rule_${m.good}` : "target.rule")}</p>
      <Queried query={targets}>
        {(all) => <Aim key={m.key} metric={m} known={all.find((one) => one.key === m.key)} />}
      </Queried>
    </Card>
  );
}

function Aim({ metric: m, known }: { metric: Metric; known: Target | undefined }) {
  const { t } = useTranslation("cockpit");
  const set = useSetTarget();
  const { sign, times } = typed[m.unit] ?? { sign: "", times: 1 };
  const read = (n: number | null | undefined) => (n === null || n === undefined ? null : round(n * times));
  const write = (n: number | null) => (n === null ? undefined : round(n / times));
  const save = ({ target, alarm }: Fields) =>
    set.mutate(
      { key: m.key, target: write(target), alarm: write(alarm) },
      { onSuccess: () => toast.success(t("target.saved")) },
    );
  return (
    <Form<Fields>
      layout="vertical"
      initialValues={{ target: read(known?.target), alarm: read(known?.alarm) }}
      onFinish={save}
    >
      <Flex wrap gap="middle" align="end">
        <Form.Item name="target" label={t("target.target")}>
          <InputNumber min={0} suffix={sign} placeholder={t("target.none")} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name="alarm" label={t("target.limit")}>
          <InputNumber min={0} suffix={sign} placeholder={t("target.none")} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item>
          <Button htmlType="submit" type="primary" loading={set.isPending}>
            {t("target.save")}
          </Button>
        </Form.Item>
      </Flex>
    </Form>
  );
}

/** Without what multiplying leaves behind: 0.29 × 100 is 29. */
const round = (n: number) => Number(n.toPrecision(12));
