// One part of an article while it is written: heading, text, and every question that it answers.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Part } from "./queries";

interface Props {
  place: number; // from 1
  part: Part;
  change: (part: Part) => void;
  remove?: () => void; // left out for the only one
  up?: () => void;
  down?: () => void;
}

export function PartCard({ place, part, change, remove, up, down }: Props) {
  const { t } = useTranslation("knowledge");
  const id = (field: string) => `part-${place}-${field}`;
  return (
    <Card
      size="small"
      role="group"
      aria-label={t("part", { place })}
      title={t("part", { place })}
      extra={
        <Flex gap={4}>
          <Button
            size="small"
            type="text"
            icon={<ArrowUpOutlined />}
            aria-label={t("part_up", { place })}
            disabled={!up}
            onClick={up}
          />
          <Button
            size="small"
            type="text"
            icon={<ArrowDownOutlined />}
            aria-label={t("part_down", { place })}
            disabled={!down}
            onClick={down}
          />
          <Button
            size="small"
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t("part_remove", { place })}
            disabled={!remove}
            onClick={remove}
          />
        </Flex>
      }
    >
      <Form.Item label={t("heading")} htmlFor={id("heading")} extra={t("heading_rule")}>
        <Input
          id={id("heading")}
          maxLength={200}
          value={part.heading}
          onChange={(e) => change({ ...part, heading: e.target.value })}
        />
      </Form.Item>
      <Form.Item
        label={t("phrasings", { n: part.phrasings.length })}
        htmlFor={id("phrasings")}
        extra={t("phrasings_rule")}
      >
        <Select
          id={id("phrasings")}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={["\n", "；", ";", "|"]}
          placeholder={t("phrasings_example")}
          value={part.phrasings}
          onChange={(phrasings: string[]) => change({ ...part, phrasings })}
        />
      </Form.Item>
      <Form.Item label={t("body")} htmlFor={id("text")} style={{ marginBottom: 0 }}>
        <Input.TextArea
          id={id("text")}
          autoSize={{ minRows: 3, maxRows: 14 }}
          value={part.text}
          onChange={(e) => change({ ...part, text: e.target.value })}
        />
      </Form.Item>
    </Card>
  );
}
