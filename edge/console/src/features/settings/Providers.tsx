// How the providers of models fare. Behind them stands the builtin composer, which is always there.
import { ThunderboltOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Progress, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { count, percent } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { type Provider, useProviders } from "./queries";

const yuan = (micro: number) => `¥${(micro / 1e6).toFixed(4)}`;
const milliseconds = (ms: number) => (ms ? `${count(Math.round(ms))} ms` : "—");

export function Providers() {
  const { t } = useTranslation("settings");
  const mayTest = useMay("settings", "write");
  const providers = useProviders();
  const test = useMutation({
    mutationFn: (provider?: number) =>
      take(
        api.POST("/api/v1/providers/test", {
          params: { query: provider ? { provider: String(provider) } : {} },
        }),
      ),
  });
  const answer = test.data;
  return (
    <Queried query={providers}>
      {(data) => (
        <>
          <Typography.Paragraph type="secondary">{t("providers_intro")}</Typography.Paragraph>
          {mayTest && (
            <Button
              icon={<ThunderboltOutlined />}
              loading={test.isPending && !test.variables}
              onClick={() => test.mutate(undefined)}
              style={{ marginBottom: 12 }}
            >
              {t("test")}
            </Button>
          )}
          {answer && (
            <Alert
              role="status"
              type={answer.because && data.providers.length > 0 ? "warning" : "success"}
              showIcon
              closable
              style={{ marginBottom: 12 }}
              title={
                answer.text
                  ? t("tested", {
                      provider: answer.provider,
                      took: answer.took,
                      cost: yuan(answer.micro_yuan),
                    })
                  : t("failed", { provider: answer.provider, took: answer.took })
              }
              description={[
                answer.text,
                answer.because && t(`because.${answer.because}`, { defaultValue: answer.because }),
                answer.detail,
              ]
                .filter(Boolean)
                .join(" · ")}
            />
          )}
          <WideTable<Provider>
            rowKey="place"
            dataSource={data.providers}
            pagination={false}
            least={1080}
            label={t("providers")}
            empty={t("providers_empty")}
            columns={[
              { title: t("order"), dataIndex: "place" },
              {
                title: t("provider"),
                render: (_, p) => (
                  <Flex vertical>
                    <Typography.Text strong>{p.model}</Typography.Text>
                    <Typography.Text type="secondary">{p.name}</Typography.Text>
                  </Flex>
                ),
              },
              { title: t("state"), render: (_, p) => <State state={p.state} /> },
              { title: t("calls"), render: (_, p) => count(p.day.calls) },
              { title: t("share"), render: (_, p) => percent(p.day.share) },
              {
                title: t("errors"),
                render: (_, p) => (
                  <Flex vertical>
                    <span>
                      {count(p.day.errors)}
                      {p.day.calls > 0 && ` (${percent(p.day.errors / p.day.calls)})`}
                    </span>
                    {p.last_error && (
                      <Typography.Text type="secondary">
                        {t(`because.${p.last_error}`, { defaultValue: p.last_error })}
                      </Typography.Text>
                    )}
                  </Flex>
                ),
              },
              { title: "P50", render: (_, p) => milliseconds(p.day.p50) },
              { title: "P95", render: (_, p) => milliseconds(p.day.p95) },
              { title: t("cost"), render: (_, p) => yuan(p.day.micro_yuan) },
              { title: t("budget"), render: (_, p) => <Budget provider={p} /> },
              ...(mayTest
                ? [
                    {
                      title: t("actions"),
                      render: (_: unknown, p: Provider) => (
                        <Button
                          size="small"
                          aria-label={t("test_one", { model: p.model })}
                          loading={test.isPending && test.variables === p.place}
                          onClick={() => test.mutate(p.place)}
                        >
                          {t("test_short")}
                        </Button>
                      ),
                    },
                  ]
                : []),
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

/** What of a day's budget is spent. */
function Budget({ provider: p }: { provider: Provider }) {
  const { t } = useTranslation("settings");
  if (!p.budget) return <>{t("no_budget")}</>;
  const share = p.spent / p.budget;
  return (
    <Flex vertical style={{ minWidth: 120 }}>
      <span>{t("of_budget", { spent: yuan(p.spent), budget: yuan(p.budget) })}</span>
      <Progress
        aria-label={t("budget")}
        size="small"
        percent={Math.min(100, Math.round(share * 100))}
        status={share >= 1 ? "exception" : "normal"}
      />
    </Flex>
  );
}

function State({ state }: { state: string }) {
  const { t } = useTranslation("settings");
  return (
    <Tag color={state === "closed" ? "green" : "orange"}>{t(`health.${state}`, { defaultValue: state })}</Tag>
  );
}
