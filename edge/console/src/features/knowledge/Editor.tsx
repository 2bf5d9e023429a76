// Writes an article: its parts, each with its text and the questions that it answers.
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, Modal, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../../api/client";
import { toast } from "../../shell/toast";
import { PartCard } from "./PartCard";
import { type As, type Part, refresh } from "./queries";

export interface Draft {
  article?: string; // of which it is a new version
  title: string;
  audience: string;
  parts: Part[];
}

/** A part that nothing is written in yet. */
export const blank: Part = { heading: "", text: "", phrasings: [] };

// A part on the screen has a name of its own, so that it keeps its fields when another one goes.
interface Row {
  id: number;
  part: Part;
}

export function Editor({ draft, close }: { draft: Draft; close: () => void }) {
  const { t } = useTranslation(["knowledge", "shell"]);
  const [title, setTitle] = useState(draft.title);
  const [audience, setAudience] = useState(draft.audience);
  const [rows, setRows] = useState<Row[]>(draft.parts.map((part, id) => ({ id, part })));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ publish, as }: { publish: boolean; as: As }) =>
      api.POST("/api/v1/knowledge/texts", {
        body: {
          article: draft.article,
          title,
          audience,
          text: "",
          parts: rows.map((r) => r.part),
          publish,
          as,
        },
      }),
    onSuccess: (_, { publish }) => {
      toast.success(t(publish ? "published_now" : "saved"));
      close();
      return refresh();
    },
  });
  const taken = save.error instanceof ApiError && save.error.code === "article_exists";
  const publish = save.variables?.publish ?? true;
  const change = (id: number, part: Part) => setRows(rows.map((r) => (r.id === id ? { id, part } : r)));
  const add = () => setRows([...rows, { id: Math.max(-1, ...rows.map((r) => r.id)) + 1, part: blank }]);
  const move = (from: number, to: number) => {
    const next = [...rows];
    next.splice(to, 0, ...next.splice(from, 1));
    setRows(next);
  };
  return (
    <Modal
      open
      width={860}
      mask={{ closable: false }}
      title={draft.article ? t("edit_title", { title: draft.title }) : t("write")}
      onCancel={close}
      footer={
        <Flex gap="small" wrap justify="end">
          <Button onClick={close}>{t("shell:cancel")}</Button>
          <Button loading={save.isPending} onClick={() => save.mutate({ publish: false, as: "" })}>
            {t("save_draft")}
          </Button>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => save.mutate({ publish: true, as: "" })}
          >
            {t("publish")}
          </Button>
        </Flex>
      }
    >
      {save.error && (
        <Alert
          role="alert"
          showIcon
          type={taken ? "warning" : "error"}
          title={save.error.message}
          style={{ marginBottom: 12 }}
          action={
            taken && (
              <Flex gap={4} wrap>
                <Button size="small" onClick={() => save.mutate({ publish, as: "version" })}>
                  {t("as_version")}
                </Button>
                <Button size="small" onClick={() => save.mutate({ publish, as: "new" })}>
                  {t("as_new")}
                </Button>
              </Flex>
            )
          }
        />
      )}
      <Form layout="vertical">
        <Form.Item label={t("name")} htmlFor="article-title">
          <Input
            id="article-title"
            maxLength={120}
            value={title}
            onChange={(e) => setTitle(e.target.value)}
          />
        </Form.Item>
        <Form.Item label={t("audience")}>
          <Radio.Group
            aria-label={t("audience")}
            value={audience}
            onChange={(e) => setAudience(e.target.value)}
            options={["public", "staff"].map((a) => ({ value: a, label: t(`for.${a}`) }))}
          />
        </Form.Item>
        <Typography.Paragraph type="secondary">{t("parts_rule")}</Typography.Paragraph>
        <Flex vertical gap="middle">
          {rows.map((r, i) => (
            <PartCard
              key={r.id}
              place={i + 1}
              part={r.part}
              change={(part) => change(r.id, part)}
              remove={rows.length > 1 ? () => setRows(rows.filter((x) => x.id !== r.id)) : undefined}
              up={i > 0 ? () => move(i, i - 1) : undefined}
              down={i < rows.length - 1 ? () => move(i, i + 1) : undefined}
            />
          ))}
        </Flex>
        <Button block type="dashed" icon={<PlusOutlined />} onClick={add} style={{ marginTop: 12 }}>
          {t("part_add")}
        </Button>
      </Form>
    </Modal>
  );
}
