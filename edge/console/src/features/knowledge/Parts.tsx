// The parts of an article, to read: what each says, and the questions that it answers.
import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Part } from "./queries";

export function Parts({ parts }: { parts: Part[] }) {
  const { t } = useTranslation("knowledge");
  return (
    <Flex vertical gap="large">
      {parts.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name of their own
        <section key={i} style={{ overflowWrap: "anywhere" }}>
          {p.heading && (
            <Typography.Title level={3} style={{ fontSize: 16, marginTop: 0 }}>
              {p.heading}
            </Typography.Title>
          )}
          <Typography.Paragraph style={{ whiteSpace: "pre-line", marginBottom: 8 }}>
            {p.text}
          </Typography.Paragraph>
          {p.phrasings.length > 0 && (
            <Flex gap={4} wrap align="center">
              <Typography.Text type="secondary">{t("phrasings", { n: p.phrasings.length })}</Typography.Text>
              {p.phrasings.map((q) => (
                <Tag key={q} style={{ whiteSpace: "normal" }}>
                  {q}
                </Tag>
              ))}
            </Flex>
          )}
        </section>
      ))}
    </Flex>
  );
}
