// The rules that find comments worth an answer.
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Flex, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { ago } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Nothing, Queried } from "../../shell/states";
import styles from "./marketing.module.css";
import { type Rule, refreshRules, useRules } from "./queries";
import { RuleEditor } from "./RuleEditor";
import { useSaveRule } from "./saveRule";

export function Rules() {
  const { t } = useTranslation("marketing");
  const rules = useRules();
  const mayWrite = useMay("outreach", "write");
  const [editing, setEditing] = useState<{ rule?: Rule }>();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>
      {t("rule_add")}
    </Button>
  );
  return (
    <Queried query={rules}>
      {(data) => (
        <>
          <Flex wrap justify="space-between" align="center" gap="small" style={{ marginBottom: 12 }}>
            <span className={styles.fine}>{t("rules_note")}</span>
            {mayWrite && data.rules.length > 0 && add}
          </Flex>
          {data.rules.length === 0 && <Nothing text={t("no_rules")}>{mayWrite && add}</Nothing>}
          <div className={styles.cards}>
            {data.rules.map((rule) => (
              <Card key={rule.id} rule={rule} edit={mayWrite ? () => setEditing({ rule }) : undefined} />
            ))}
          </div>
          {editing && <RuleEditor rule={editing.rule} close={() => setEditing(undefined)} />}
        </>
      )}
    </Queried>
  );
}

function Card({ rule, edit }: { rule: Rule; edit?: () => void }) {
  const { t } = useTranslation(["marketing", "shell"]);
  const { modal } = App.useApp();
  const save = useSaveRule();
  const remove = useMutation({
    mutationFn: () => api.DELETE("/api/v1/outreach/rules/{id}", { params: { path: { id: rule.id } } }),
    onSuccess: refreshRules,
  });
  const ask = () =>
    modal.confirm({
      title: t("rule_remove_sure", { name: rule.name }),
      content: t("rule_remove_effect"),
      okText: t("shell:delete"),
      okButtonProps: { danger: true },
      cancelText: t("shell:cancel"),
      onOk: () => remove.mutateAsync(),
    });
  return (
    <article className={styles.card} aria-label={rule.name}>
      <Flex justify="space-between" align="center" gap="small">
        <h2>{rule.name}</h2>
        <Flex align="center" gap="small">
          <Tag color={rule.score < 0 ? "red" : "green"}>{t("points", { points: rule.score })}</Tag>
          <Switch
            size="small"
            aria-label={t("rule_on", { name: rule.name })}
            checked={!rule.off}
            disabled={!edit}
            loading={save.isPending}
            onChange={(on) => save.mutate({ ...rule, off: !on })}
          />
        </Flex>
      </Flex>
      <Phrases name={t("any")} phrases={rule.any} />
      <Phrases name={rule.near ? t("all_near", { near: rule.near }) : t("all")} phrases={rule.all} />
      <Phrases name={t("none")} phrases={rule.none} colour="red" />
      <p className={styles.fine}>{rule.reply ? `↳ ${rule.reply}` : t("no_reply")}</p>
      <Flex justify="space-between" align="center" gap="small" className={styles.foot}>
        <span className={styles.fine}>
          {rule.sounds && `${t("sounds_short")} · `}
          {rule.by_name} {rule.changed && ago(rule.changed)}
        </span>
        {edit && (
          <Flex gap="small">
            <Button size="small" onClick={edit}>
              {t("edit")}
            </Button>
            <Button size="small" danger onClick={ask} loading={remove.isPending}>
              {t("shell:delete")}
            </Button>
          </Flex>
        )}
      </Flex>
    </article>
  );
}

function Phrases({ name, phrases, colour }: { name: string; phrases?: string[] | null; colour?: string }) {
  if (!phrases?.length) return null;
  return (
    <div className={styles.line}>
      <span className={styles.fine}>{name}</span>
      {phrases.map((phrase) => (
        <Tag key={phrase} color={colour}>
          {phrase}
        </Tag>
      ))}
    </div>
  );
}
