// Every article, to write, upload, publish and take out.
import { EditOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { ArticleDrawer } from "./ArticleDrawer";
import { blank, type Draft, Editor } from "./Editor";
import { type Shelved, useLibrary } from "./queries";
import { Uploads } from "./Uploads";

export function Articles() {
  const { t } = useTranslation("knowledge");
  const library = useLibrary(true);
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<string>();
  const [draft, setDraft] = useState<Draft>();
  const shown = (a: Shelved) => `${a.title} ${a.source}`.toLowerCase().includes(search.trim().toLowerCase());
  return (
    <Queried query={library}>
      {(data) => (
        <>
          <Uploads />
          <Flex wrap gap="small" style={{ margin: "12px 0" }}>
            <Input.Search
              allowClear
              aria-label={t("filter")}
              placeholder={t("filter")}
              style={{ maxWidth: 260 }}
              onChange={(e) => setSearch(e.target.value)}
            />
            <Button
              type="primary"
              icon={<EditOutlined />}
              onClick={() => setDraft({ title: "", audience: "public", parts: [blank] })}
            >
              {t("write")}
            </Button>
          </Flex>
          <WideTable<Shelved>
            rowKey="id"
            dataSource={data.articles.filter(shown)}
            pagination={{ hideOnSinglePage: true, pageSize: 50 }}
            least={900}
            label={t("articles")}
            empty={t("empty")}
            columns={[
              {
                title: t("name"),
                render: (_, a) => (
                  <Button type="link" style={{ padding: 0 }} onClick={() => setOpen(a.id)}>
                    {a.title}
                  </Button>
                ),
              },
              { title: t("audience"), render: (_, a) => <Tag>{t(`for.${a.audience}`)}</Tag> },
              { title: t("lang"), render: (_, a) => t(`in.${a.lang}`) },
              { title: t("state"), render: (_, a) => <State article={a} /> },
              { title: t("passages"), dataIndex: "passages" },
              { title: t("source"), dataIndex: "source" },
              { title: t("by"), render: (_, a) => a.by || "—" },
              { title: t("at"), render: (_, a) => moment(a.at) },
            ]}
          />
          {open && <ArticleDrawer id={open} close={() => setOpen(undefined)} edit={setDraft} />}
          {draft && <Editor draft={draft} close={() => setDraft(undefined)} />}
        </>
      )}
    </Queried>
  );
}

function State({ article: a }: { article: Shelved }) {
  const { t } = useTranslation("knowledge");
  if (!a.published) return <Tag>{t("unpublished")}</Tag>;
  if (a.published < a.version)
    return <Tag color="orange">{t("newer", { published: a.published, latest: a.version })}</Tag>;
  return <Tag color="green">{t("published", { version: a.published })}</Tag>;
}
