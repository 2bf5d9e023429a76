// How the providers of models fare. Behind them stands the builtin composer, which is always there.
import { ThunderboltOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Answer } from "../../api/types";
import { count, percent } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";

type Provider = Answer<"/api/v1/providers">["providers"][number];

export function Providers() {
  const { t } = useTranslation("settings");
  const mayTest = useMay("settings", "write");
  const providers = useQuery({
    queryKey: ["providers"],
    queryFn: () => take(api.GET("/api/v1/providers")),
    refetchInterval: 10_000,
  });
  const test = useMutation({ mutationFn: () => take(api.POST("/api/v1/providers/test")) });
  return (
    <Queried query={providers}>
      {(data) => (
        <>
          <Typography.Paragraph type="secondary">{t("providers_intro")}</Typography.Paragraph>
          {mayTest && (
            <Button
              icon={<ThunderboltOutlined />}
              loading={test.isPending}
              onClick={() => test.mutate()}
              style={{ marginBottom: 12 }}
            >
              {t("test")}
            </Button>
          )}
          {test.data && (
            <Alert
              role="status"
              type={test.data.because && data.providers.length > 0 ? "warning" : "success"}
              showIcon
              style={{ marginBottom: 12 }}
              title={t("tested", { provider: test.data.provider, took: test.data.took })}
              description={test.data.text}
            />
          )}
          <WideTable<Provider>
            rowKey={(p) => `${p.name}/${p.model}`}
            dataSource={data.providers}
            pagination={false}
            least={860}
            label={t("providers")}
            empty={t("providers_empty")}
            columns={[
              { title: t("order"), render: (_, __, i) => i + 1 },
              { title: t("provider"), render: (_, p) => `${p.name} · ${p.model}` },
              { title: t("state"), render: (_, p) => <State state={p.state} /> },
              { title: t("calls"), render: (_, p) => count(p.calls) },
              { title: t("share"), render: (_, p) => percent(p.share) },
              { title: t("p95"), render: (_, p) => (p.p95 ? `${p.p95} ms` : "—") },
              { title: t("failures"), render: (_, p) => percent(p.failures) },
              { title: t("cost"), render: (_, p) => `¥${(p.micro_yuan / 1e6).toFixed(4)}` },
              { title: t("error"), render: (_, p) => p.last_error || "—" },
            ]}
            footer={() => (
              <>
                <Tag color="green">{t("builtin")}</Tag> {t("builtin_text")}
              </>
            )}
          />
        </>
      )}
    </Queried>
  );
}

function State({ state }: { state: string }) {
  const { t } = useTranslation("settings");
  return (
    <Tag color={state === "closed" ? "green" : "orange"}>{t(`health.${state}`, { defaultValue: state })}</Tag>
  );
}
