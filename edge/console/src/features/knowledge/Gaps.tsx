// What customers asked and nobody could answer.
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Grid, Popconfirm, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { ago } from "../../shell/format";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { type Draft, Editor } from "./Editor";
import { type Gap, refresh, useGaps } from "./queries";

export function Gaps({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation(["knowledge", "shell"]);
  const gaps = useGaps();
  const wide = Grid.useBreakpoint().md;
  const [draft, setDraft] = useState<Draft>();
  const dismiss = useMutation({
    mutationFn: (id: string) => api.DELETE("/api/v1/knowledge/gaps/{id}", { params: { path: { id } } }),
    onSuccess: refresh,
  });
  const answer = (g: Gap) =>
    setDraft({
      title: g.question,
      audience: "public",
      parts: [{ heading: g.question, text: "", phrasings: g.examples }],
    });
  const actions = {
    title: t("actions"),
    render: (_: unknown, g: Gap) => (
      <Flex gap="small">
        {!g.article && (
          <Button size="small" type="primary" onClick={() => answer(g)}>
            {t("write_answer")}
          </Button>
        )}
        <Popconfirm
          title={t("dismiss_sure")}
          okText={t("dismiss")}
          cancelText={t("shell:cancel")}
          onConfirm={() => dismiss.mutate(g.id)}
        >
          <Button size="small">{t("dismiss")}</Button>
        </Popconfirm>
      </Flex>
    ),
  };
  return (
    <Queried query={gaps}>
      {(data) => (
        <>
          <Typography.Paragraph type="secondary">{t("gaps_intro")}</Typography.Paragraph>
          <WideTable<Gap>
            rowKey="id"
            dataSource={data.gaps}
            pagination={{ hideOnSinglePage: true, pageSize: 50 }}
            least={wide ? 760 : 0}
            label={t("gaps")}
            empty={t("gaps_empty")}
            columns={
              wide
                ? [
                    { title: t("question"), render: (_, g) => <Question gap={g} /> },
                    { title: t("count"), dataIndex: "count" },
                    { title: t("last"), render: (_, g) => ago(g.last) },
                    { title: t("state"), render: (_, g) => <State gap={g} /> },
                    ...(mayWrite ? [actions] : []),
                  ]
                : [
                    {
                      title: t("question"),
                      render: (_, g) => (
                        <Flex vertical gap="small" align="flex-start">
                          <Question gap={g} />
                          <Typography.Text type="secondary">
                            {t("times", { count: g.count })} · {ago(g.last)}
                          </Typography.Text>
                          <State gap={g} />
                          {mayWrite && actions.render(undefined, g)}
                        </Flex>
                      ),
                    },
                  ]
            }
          />
          {draft && <Editor draft={draft} close={() => setDraft(undefined)} />}
        </>
      )}
    </Queried>
  );
}

/** A question in all the words it was asked in. */
function Question({ gap: g }: { gap: Gap }) {
  return (
    <div>
      <Typography.Text strong>{g.question}</Typography.Text>
      {g.examples.slice(1).map((e) => (
        <Typography.Text key={e} type="secondary" style={{ display: "block" }}>
          {e}
        </Typography.Text>
      ))}
    </div>
  );
}

/** Whether customers are answered by now. */
function State({ gap: g }: { gap: Gap }) {
  const { t } = useTranslation("knowledge");
  return g.article ? (
    <Tag color="green" style={{ whiteSpace: "normal" }}>
      {t("answered_by", { title: g.title })}
    </Tag>
  ) : (
    <Tag color="orange">{t("unanswered")}</Tag>
  );
}
