// What a customer's question would find, and whether it would be answered.
import { Alert, Card, Flex, Input, Progress, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { percent } from "../../shell/format";
import { Nothing, Queried } from "../../shell/states";
import { useFound } from "./queries";

export function Search() {
  const { t } = useTranslation("knowledge");
  const [question, setQuestion] = useState("");
  const [customer, setCustomer] = useState(true);
  const found = useFound(question, customer);
  return (
    <>
      <Flex wrap gap="small" align="center" style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          enterButton={t("try_button")}
          aria-label={t("question")}
          placeholder={t("question_example")}
          maxLength={500}
          style={{ maxWidth: 520 }}
          onSearch={(q) => setQuestion(q.trim())}
        />
        <Radio.Group
          aria-label={t("asked_by")}
          value={customer}
          onChange={(e) => setCustomer(e.target.value)}
          options={[
            { value: true, label: t("as_customer") },
            { value: false, label: t("as_staff") },
          ]}
        />
      </Flex>
      {question === "" ? (
        <Nothing text={t("try_text")} />
      ) : (
        <Queried query={found}>
          {(data) => {
            const best = data.passages[0]?.score ?? 0;
            const sure = best >= data.confident;
            return (
              <>
                <Alert
                  role="status"
                  showIcon
                  type={sure ? "success" : "warning"}
                  title={t(sure ? "would_answer" : "would_decline", { least: percent(data.confident, 0) })}
                  style={{ marginBottom: 12 }}
                />
                <Flex vertical gap="small">
                  {data.passages.map((p) => (
                    <Card size="small" key={`${p.article} ${p.heading} ${p.text}`} title={p.title}>
                      <Progress
                        aria-label={t("score")}
                        percent={Math.round((p.score ?? 0) * 100)}
                        status={(p.score ?? 0) >= data.confident ? "success" : "normal"}
                        size="small"
                        format={(p) => percent((p ?? 0) / 100, 0)}
                        style={{ maxWidth: 280 }}
                      />
                      {p.heading && (
                        <Typography.Text type="secondary" style={{ display: "block" }}>
                          {p.heading}
                        </Typography.Text>
                      )}
                      <Typography.Paragraph style={{ margin: 0, whiteSpace: "pre-line" }}>
                        {p.text}
                      </Typography.Paragraph>
                    </Card>
                  ))}
                </Flex>
              </>
            );
          }}
        </Queried>
      )}
    </>
  );
}
