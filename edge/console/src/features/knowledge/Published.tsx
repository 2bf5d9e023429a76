// The published articles, to read.
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { ArticleDrawer } from "./ArticleDrawer";
import { usePublished } from "./queries";

export function Published() {
  const { t } = useTranslation("knowledge");
  const published = usePublished(true);
  const [open, setOpen] = useState<string>();
  return (
    <Queried query={published}>
      {(data) => (
        <>
          <WideTable
            rowKey="id"
            dataSource={data.articles}
            pagination={{ hideOnSinglePage: true, pageSize: 50 }}
            least={520}
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
              { title: t("at"), render: (_, a) => moment(a.at) },
            ]}
          />
          {open && <ArticleDrawer id={open} close={() => setOpen(undefined)} />}
        </>
      )}
    </Queried>
  );
}
