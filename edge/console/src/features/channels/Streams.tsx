// How far behind the work is, and what could not be done.
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Popconfirm, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import { moment } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Nothing, Queried } from "../../shell/states";
import { toast } from "../../shell/toast";
import { WideTable } from "../../shell/WideTable";
import { type Letter, useStreams } from "./queries";

export function Streams() {
  const { t } = useTranslation("channels");
  const streams = useStreams();
  return (
    <Queried query={streams}>
      {(data) => (
        <>
          <Typography.Title level={2} style={{ fontSize: 16 }}>
            {t("backlog")}
          </Typography.Title>
          <WideTable
            size="small"
            rowKey={(b) => `${b.topic} ${b.subscription}`}
            dataSource={data.backlogs}
            pagination={false}
            least={520}
            label={t("backlog")}
            columns={[
              { title: t("topic"), dataIndex: "topic" },
              { title: t("subscription"), dataIndex: "subscription" },
              { title: t("pending"), dataIndex: "pending" },
              { title: t("parked"), dataIndex: "parked" },
            ]}
          />
          <Typography.Title level={2} style={{ fontSize: 16, marginTop: 24 }}>
            {t("dead")}
          </Typography.Title>
          {data.dead.length === 0 ? <Nothing text={t("dead_empty")} /> : <Dead letters={data.dead} />}
        </>
      )}
    </Queried>
  );
}

function Dead({ letters }: { letters: Letter[] }) {
  const { t } = useTranslation(["channels", "shell"]);
  const mayChange = useMay("channels", "write");
  const replay = useMutation({
    mutationFn: (topic: string) => take(api.POST("/api/v1/streams/replay", { body: { topic } })),
    onSuccess: (done) => {
      toast.success(t("replayed", { count: done.replayed }));
      return queryClient.invalidateQueries({ queryKey: ["streams"] });
    },
  });
  return (
    <>
      {mayChange && (
        <Flex gap="small" wrap style={{ marginBottom: 12 }}>
          {[...new Set(letters.map((l) => l.topic))].map((topic) => (
            <Popconfirm
              key={topic}
              title={t("replay_sure")}
              okText={t("shell:confirm")}
              cancelText={t("shell:cancel")}
              onConfirm={() => replay.mutate(topic)}
            >
              <Button loading={replay.isPending}>{t("replay", { topic })}</Button>
            </Popconfirm>
          ))}
        </Flex>
      )}
      <WideTable<Letter>
        size="small"
        rowKey={(l) => `${l.topic} ${l.id} ${l.died}`}
        dataSource={letters}
        least={800}
        label={t("dead")}
        columns={[
          { title: t("topic"), dataIndex: "topic" },
          { title: t("subscription"), dataIndex: "subscription" },
          { title: t("reason"), dataIndex: "reason" },
          { title: t("attempts"), dataIndex: "attempts" },
          { title: t("died"), render: (_, l) => (l.died ? moment(l.died) : "—") },
        ]}
      />
    </>
  );
}
