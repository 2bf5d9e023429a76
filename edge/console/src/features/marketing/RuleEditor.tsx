// A rule being written, beside what it would have done with the comments of last week.
import { Alert, Button, Drawer, Flex, Form, Grid, Input, InputNumber, Select, Switch } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./marketing.module.css";
import type { Rule, RuleDraft } from "./queries";
import { useSaveRule } from "./saveRule";
import { TrialPane } from "./TrialPane";

const fresh: RuleDraft = { id: "", name: "", any: [], score: 40, sounds: true };

/** A value once it has rested for a moment. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

export function RuleEditor({ rule, close }: { rule?: Rule; close: () => void }) {
  const { t } = useTranslation(["marketing", "shell"]);
  const [draft, setDraft] = useState<RuleDraft>(rule ?? fresh);
  const rested = useRested(draft, 350);
  const save = useSaveRule(close);
  const wide = Grid.useBreakpoint().lg;
  const looking = rested.any.length > 0 || (rested.all?.length ?? 0) > 0;
  return (
    <Drawer
      open
      onClose={close}
      size={wide ? 980 : "100%"}
      title={rule ? t("rule_edit", { name: rule.name }) : t("rule_add")}
      footer={
        <Flex justify="end" gap="small">
          <Button onClick={close}>{t("shell:cancel")}</Button>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={!draft.name.trim()}
            onClick={() => save.mutate(draft)}
          >
            {t("shell:save")}
          </Button>
        </Flex>
      }
    >
      {save.refusal && <Alert type="error" showIcon role="alert" title={save.refusal} />}
      <div className={styles.two}>
        <Fields draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />
        <TrialPane draft={looking ? rested : undefined} />
      </div>
    </Drawer>
  );
}

function Fields({ draft, change }: { draft: RuleDraft; change: (part: Partial<RuleDraft>) => void }) {
  const { t } = useTranslation("marketing");
  const phrases = (name: "any" | "all" | "none") => (
    <Form.Item label={t(name)} extra={t(`${name}_hint`)} htmlFor={`rule-${name}`}>
      <Select
        id={`rule-${name}`}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[",", "，", "、"]}
        placeholder={t("phrase_add")}
        value={draft[name] ?? []}
        onChange={(list: string[]) => change({ [name]: list })}
      />
    </Form.Item>
  );
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t("name")} htmlFor="rule-name" required>
        <Input
          id="rule-name"
          maxLength={60}
          value={draft.name}
          onChange={(e) => change({ name: e.target.value })}
        />
      </Form.Item>
      {phrases("any")}
      {phrases("all")}
      {(draft.all?.length ?? 0) > 1 && (
        <Form.Item label={t("near")} extra={t("near_hint")} htmlFor="rule-near">
          <InputNumber
            id="rule-near"
            min={0}
            max={500}
            value={draft.near ?? 0}
            onChange={(near) => change({ near: near ?? 0 })}
          />
        </Form.Item>
      )}
      {phrases("none")}
      <Flex wrap gap="large">
        <Form.Item label={t("score")} extra={t("score_hint")} htmlFor="rule-score">
          <InputNumber
            id="rule-score"
            min={-100}
            max={100}
            value={draft.score}
            onChange={(score) => change({ score: score ?? 0 })}
          />
        </Form.Item>
        <Form.Item label={t("sounds")} extra={t("sounds_hint")} htmlFor="rule-sounds">
          <Switch
            id="rule-sounds"
            checked={draft.sounds ?? false}
            onChange={(sounds) => change({ sounds })}
          />
        </Form.Item>
      </Flex>
      <Form.Item label={t("reply")} extra={t("reply_hint")} htmlFor="rule-reply">
        <Input.TextArea
          id="rule-reply"
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={1000}
          value={draft.reply ?? ""}
          onChange={(e) => change({ reply: e.target.value })}
        />
      </Form.Item>
      <Button size="small" onClick={() => change({ reply: `${draft.reply ?? ""}{name}` })}>
        {t("insert_name")}
      </Button>
    </Form>
  );
}
