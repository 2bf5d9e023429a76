// An article with its versions: read, compare, publish, restore, withdraw, delete.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Drawer, Flex, Grid, Popconfirm, Select, Switch, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { moment } from "../../shell/format";
import { Queried } from "../../shell/states";
import type { Draft } from "./Editor";
import { Markdown } from "./Markdown";
import { type Opened, readArticle, refresh, useArticle } from "./queries";
import { changes, markdownOf } from "./text";

interface Props {
  id: string;
  close: () => void;
  edit?: (draft: Draft) => void; // left out for whoever may only read
}

export function ArticleDrawer({ id, close, edit }: Props) {
  const { t } = useTranslation("knowledge");
  const wide = Grid.useBreakpoint().md;
  const [version, setVersion] = useState(0);
  const article = useArticle(id, version);
  return (
    <Drawer
      open
      onClose={close}
      size={wide ? 720 : "100%"}
      title={article.data?.article.title ?? t("article")}
    >
      <Queried query={article}>
        {(data) => <Shown opened={data} choose={setVersion} close={close} edit={edit} />}
      </Queried>
    </Drawer>
  );
}

interface ShownProps extends Omit<Props, "id"> {
  opened: Opened;
  choose: (version: number) => void;
}

function Shown({ opened, choose, close, edit }: ShownProps) {
  const { t } = useTranslation(["knowledge", "shell"]);
  const [comparing, setComparing] = useState(false);
  const { article, published, versions } = opened;
  const path = { path: { id: article.id } };
  const publish = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/knowledge/articles/{id}/publish", {
        params: path,
        body: { version: article.version },
      }),
    onSuccess: refresh,
  });
  const withdraw = useMutation({
    mutationFn: () => api.POST("/api/v1/knowledge/articles/{id}/withdraw", { params: path }),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => api.DELETE("/api/v1/knowledge/articles/{id}", { params: path }),
    onSuccess: () => {
      close();
      return refresh();
    },
  });
  const live = article.version === published;
  return (
    <>
      <Flex wrap gap="small" align="center" style={{ marginBottom: 12 }}>
        <Select
          aria-label={t("version")}
          value={article.version}
          onChange={choose}
          style={{ minWidth: 150 }}
          options={[...versions].reverse().map((v) => ({
            value: v,
            label: t(v === published ? "version_live" : "version_n", { version: v }),
          }))}
        />
        <Tag>{t(`for.${article.audience}`)}</Tag>
        <Typography.Text type="secondary">
          {moment(article.at)} {article.by}
        </Typography.Text>
      </Flex>
      {edit && (
        <Flex wrap gap="small" style={{ marginBottom: 12 }}>
          {!live && (
            <Button type="primary" loading={publish.isPending} onClick={() => publish.mutate()}>
              {t(published ? "restore" : "publish")}
            </Button>
          )}
          <Button
            onClick={() => {
              close();
              edit({
                article: article.id,
                title: article.title,
                audience: article.audience,
                text: markdownOf(article),
              });
            }}
          >
            {t("edit")}
          </Button>
          {published > 0 && (
            <Popconfirm
              title={t("withdraw_sure")}
              okText={t("withdraw")}
              cancelText={t("shell:cancel")}
              onConfirm={() => withdraw.mutate()}
            >
              <Button>{t("withdraw")}</Button>
            </Popconfirm>
          )}
          <Popconfirm
            title={t("remove_sure")}
            okText={t("shell:delete")}
            cancelText={t("shell:cancel")}
            onConfirm={() => remove.mutate()}
          >
            <Button danger>{t("shell:delete")}</Button>
          </Popconfirm>
        </Flex>
      )}
      {article.version > 1 && (
        <Flex gap={6} align="center" style={{ marginBottom: 12 }}>
          <Switch size="small" aria-label={t("compare")} checked={comparing} onChange={setComparing} />
          {t("compare")}
        </Flex>
      )}
      {comparing && article.version > 1 ? (
        <Compared opened={opened} />
      ) : (
        <Markdown text={markdownOf(article)} />
      )}
    </>
  );
}

const marks = { same: " ", added: "+", removed: "−" } as const;
const looks = {
  same: undefined,
  added: "var(--ant-color-success-bg)",
  removed: "var(--ant-color-error-bg)",
} as const;

function Compared({ opened: { article } }: { opened: Opened }) {
  const earlier = useQuery({
    queryKey: ["knowledge", "article", article.id, article.version - 1],
    queryFn: () => readArticle(article.id, article.version - 1),
  });
  return (
    <Queried query={earlier}>
      {(data) => (
        <pre style={{ whiteSpace: "pre-wrap", fontFamily: "inherit" }}>
          {changes(markdownOf(data.article), markdownOf(article)).map((c, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
            <div key={i} style={{ background: looks[c.kind] }}>
              {marks[c.kind]} {c.line}
            </div>
          ))}
        </pre>
      )}
    </Queried>
  );
}
