// Documents are dropped here and become articles.
import { InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Progress, Radio, Switch, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { type As, refresh, upload } from "./queries";

const kinds = ".md,.txt,.html,.docx,.pptx,.xlsx,.csv,.pdf";

interface Going {
  file: File;
  percent: number;
  done?: boolean;
  error?: Error;
}

export function Uploads() {
  const { t } = useTranslation("knowledge");
  const [audience, setAudience] = useState("public");
  const [publish, setPublish] = useState(true);
  const [going, setGoing] = useState<Record<string, Going>>({});
  const mark = (file: File, change: Partial<Going>) =>
    setGoing((all) => ({ ...all, [file.name]: { ...(all[file.name] ?? { file, percent: 0 }), ...change } }));
  const send = (file: File, as: As) => {
    mark(file, { file, percent: 0, done: false, error: undefined });
    upload(file, { audience, as, publish }, (percent) => mark(file, { percent })).then(
      () => {
        mark(file, { percent: 100, done: true });
        return refresh();
      },
      (error: Error) => mark(file, { error }),
    );
  };
  return (
    <section aria-label={t("upload")}>
      <Upload.Dragger
        multiple
        accept={kinds}
        showUploadList={false}
        beforeUpload={(file) => {
          send(file, "");
          return false;
        }}
      >
        <InboxOutlined style={{ fontSize: 28 }} aria-hidden />
        <p>{t("drop")}</p>
        <p style={{ color: "var(--ant-color-text-secondary)" }}>{t("kinds")}</p>
      </Upload.Dragger>
      <Flex wrap gap="middle" align="center" style={{ marginTop: 8 }}>
        <Radio.Group
          aria-label={t("audience")}
          value={audience}
          onChange={(e) => setAudience(e.target.value)}
          options={["public", "staff"].map((a) => ({ value: a, label: t(`for.${a}`) }))}
        />
        <Flex gap={6} align="center">
          <Switch size="small" aria-label={t("publish_now")} checked={publish} onChange={setPublish} />
          {t("publish_now")}
        </Flex>
      </Flex>
      {Object.values(going).map((g) => (
        <Row key={g.file.name} going={g} send={send} />
      ))}
    </section>
  );
}

function Row({ going: g, send }: { going: Going; send: (file: File, as: As) => void }) {
  const { t } = useTranslation("knowledge");
  if (!g.error)
    return (
      <div>
        {g.file.name}
        <Progress percent={g.percent} status={g.done ? "success" : "active"} aria-label={g.file.name} />
      </div>
    );
  const taken = g.error instanceof ApiError && g.error.code === "article_exists";
  return (
    <Alert
      role="alert"
      type={taken ? "warning" : "error"}
      showIcon
      style={{ marginTop: 8 }}
      title={g.file.name}
      description={g.error.message}
      action={
        taken ? (
          <Flex vertical gap={4}>
            <Button size="small" onClick={() => send(g.file, "version")}>
              {t("as_version")}
            </Button>
            <Button size="small" onClick={() => send(g.file, "new")}>
              {t("as_new")}
            </Button>
          </Flex>
        ) : (
          <Button size="small" onClick={() => send(g.file, "")}>
            {t("again")}
          </Button>
        )
      }
    />
  );
}
