// An article with its versions: read, compare, publish, restore, withdraw, delete.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Drawer, Flex, Grid, Popconfirm, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { moment } from "../../shell/format";
import { Nothing, Queried } from "../../shell/states";
import type { Draft } from "./Editor";
import { Parts } from "./Parts";
import { type Opened, readArticle, refresh, useArticle } from "./queries";
import { changes, textOf } from "./text";

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
  const [against, setAgainst] = useState<number>();
  const { article, published, versions } = opened;
  const others = versions.filter((v) => v !== article.version).reverse();
  const name = (v: number) => t(v === published ? "version_live" : "version_n", { version: v });
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
            label: name(v),
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
                parts: opened.parts,
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
      {others.length > 0 && (
        <Flex gap={6} align="center" wrap style={{ marginBottom: 12 }}>
          {t("compare")}
          <Select
            allowClear
            aria-label={t("compare")}
            placeholder={t("compare_none")}
            value={against}
            onChange={setAgainst}
            style={{ minWidth: 170 }}
            options={others.map((v) => ({ value: v, label: name(v) }))}
          />
        </Flex>
      )}
      {against ? <Compared opened={opened} against={against} /> : <Parts parts={opened.parts} />}
    </>
  );
}

const marks = { same: " ", added: "+", removed: "−" } as const;
const looks = {
  same: undefined,
  added: "var(--ant-color-success-bg)",
  removed: "var(--ant-color-error-bg)",
} as const;

/** What the version that is open says otherwise than another one. */
function Compared({ opened: { article, parts }, against }: { opened: Opened; against: number }) {
  const { t } = useTranslation("knowledge");
  const other = useQuery({
    queryKey: ["knowledge", "article", article.id, against],
    queryFn: () => readArticle(article.id, against),
  });
  return (
    <Queried query={other}>
      {(data) => {
        const lines = changes(textOf(data.parts, t("asked")), textOf(parts, t("asked")));
        if (lines.every((c) => c.kind === "same")) return <Nothing text={t("compare_same")} />;
        return (
          <pre style={{ whiteSpace: "pre-wrap", fontFamily: "inherit" }}>
            {lines.map((c, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
              <div key={i} style={{ background: looks[c.kind] }}>
                {marks[c.kind]} {c.line}
              </div>
            ))}
          </pre>
        );
      }}
    </Queried>
  );
}
