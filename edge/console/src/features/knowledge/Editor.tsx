// Writes an article in Markdown, beside what it will look like.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../../api/client";
import { toast } from "../../shell/toast";
import { Markdown } from "./Markdown";
import { type As, refresh } from "./queries";

export interface Draft {
  article?: string; // of which it is a new version
  title: string;
  audience: string;
  text: string;
}

export function Editor({ draft, close }: { draft: Draft; close: () => void }) {
  const { t } = useTranslation(["knowledge", "shell"]);
  const [text, setText] = useState(draft);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ publish, as }: { publish: boolean; as: As }) =>
      api.POST("/api/v1/knowledge/texts", { body: { ...text, publish, as } }),
    onSuccess: (_, { publish }) => {
      toast.success(t(publish ? "published_now" : "saved"));
      close();
      return refresh();
    },
  });
  const taken = save.error instanceof ApiError && save.error.code === "article_exists";
  const publish = save.variables?.publish ?? true;
  return (
    <Modal
      open
      width={1080}
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
            value={text.title}
            onChange={(e) => setText({ ...text, title: e.target.value })}
          />
        </Form.Item>
        <Form.Item label={t("audience")}>
          <Radio.Group
            aria-label={t("audience")}
            value={text.audience}
            onChange={(e) => setText({ ...text, audience: e.target.value })}
            options={["public", "staff"].map((a) => ({ value: a, label: t(`for.${a}`) }))}
          />
        </Form.Item>
        <Flex wrap gap="middle">
          <Form.Item
            label={t("body")}
            htmlFor="article-text"
            extra={t("body_rule")}
            style={{ flex: "1 1 300px" }}
          >
            <Input.TextArea
              id="article-text"
              rows={16}
              value={text.text}
              onChange={(e) => setText({ ...text, text: e.target.value })}
            />
          </Form.Item>
          <section aria-label={t("preview")} style={{ flex: "1 1 300px", minWidth: 0 }}>
            <h2 style={{ fontSize: 14, margin: "4px 0 8px" }}>{t("preview")}</h2>
            <Markdown text={text.text} />
          </section>
        </Flex>
      </Form>
    </Modal>
  );
}
