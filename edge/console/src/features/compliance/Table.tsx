// Who sees what of which kind of data. The rules themselves are asked, so that it is always true.
import { useMutation } from "@tanstack/react-query";
import { Flex, Grid, Select, Tag, Tooltip, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import {
  type Action,
  type Cell,
  editTable,
  type Files,
  type Table as Shown,
  useTable,
  useTableInForce,
} from "./queries";

const colours: Record<string, string> = { show: "green", mask: "gold", tail: "orange", drop: "default" };
const numbers = ["mobile", "landline", "id_card", "bank_card"]; // of which the last four digits can be left

/** What a cell may be set to. */
function actionsFor(field: string): Action[] {
  return numbers.includes(field) ? ["show", "mask", "tail", "drop", ""] : ["show", "mask", "drop", ""];
}

export function Table({ files, change }: { files: Files; change: (files: Files) => void }) {
  const { t } = useTranslation("compliance");
  const table = useTable(files);
  const inForce = useTableInForce(true);
  const edit = useMutation({
    mutationFn: ({ role, field, action }: { role: string; field: string; action: Action }) =>
      editTable({ files, role, field, action }),
    onSuccess: (edited) => change(edited.files ?? files),
  });
  return (
    <Flex vertical gap="small">
      <Typography.Text>{t("table_intro")}</Typography.Text>
      <Queried query={table}>
        {(shown) => (
          <Matrix
            table={shown}
            inForce={inForce.data}
            busy={edit.isPending}
            change={(role, field, action) => edit.mutate({ role, field, action })}
          />
        )}
      </Queried>
    </Flex>
  );
}

const placeOf = (role: string, field: string) => `${role} ${field}`;
const cellsOf = (table: Shown | undefined) =>
  new Map(table?.cells.map((cell) => [placeOf(cell.role, cell.field), cell]));

interface MatrixProps {
  table: Shown;
  inForce?: Shown; // what the draft's cells are compared with
  busy?: boolean;
  change?: (role: string, field: string, action: Action) => void; // left out where one only reads
}

/** All roles beside one another; on a narrow screen one at a time. */
export function Matrix({ table, inForce, busy = false, change }: MatrixProps) {
  const { t } = useTranslation("compliance");
  const narrow = Grid.useBreakpoint().md === false;
  const [one, setOne] = useState(table.roles[0] ?? "");
  const at = cellsOf(table);
  const before = cellsOf(inForce);
  const draw = (role: string, field: string) => {
    const cell = at.get(placeOf(role, field));
    if (!cell) return null;
    if (!change) return <Tag color={colours[cell.action]}>{t(`action.${cell.action}`)}</Tag>;
    return (
      <Choice
        cell={cell}
        before={before.get(placeOf(role, field))}
        busy={busy}
        change={(action) => change(role, field, action)}
      />
    );
  };
  return (
    <>
      {narrow && (
        <Select
          aria-label={t("input.role")}
          value={one}
          onChange={setOne}
          options={table.roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      )}
      <WideTable
        label={t("table")}
        least={narrow ? 280 : 760}
        size="small"
        pagination={false}
        rowKey="field"
        dataSource={table.fields.map((field) => ({ field }))}
        columns={[
          {
            title: t("data"),
            dataIndex: "field",
            width: 130,
            render: (field: string) => t(`field.${field}`),
          },
          ...(narrow ? [one] : table.roles).map((role) => ({
            title: t(`role.${role}`),
            key: role,
            render: (_: unknown, { field }: { field: string }) => draw(role, field),
          })),
        ]}
      />
    </>
  );
}

interface ChoiceProps {
  cell: Cell;
  before?: Cell; // in force
  busy: boolean;
  change: (action: Action) => void;
}

/** What a role sees of a kind of data, to be changed. One that is other than in force stands out. */
function Choice({ cell, before, busy, change }: ChoiceProps) {
  const { t } = useTranslation("compliance");
  const changed = before !== undefined && before.action !== cell.action;
  return (
    <Tooltip
      title={changed ? t("was", { action: t(`action.${before.action}`), reason: cell.reason }) : cell.reason}
    >
      <Select<Action>
        size="small"
        variant={changed ? "outlined" : "filled"}
        status={changed ? "warning" : undefined}
        aria-label={t("cell", { role: t(`role.${cell.role}`), field: t(`field.${cell.field}`) })}
        data-cell={placeOf(cell.role, cell.field)}
        data-changed={changed}
        disabled={busy}
        value={cell.action}
        options={actionsFor(cell.field).map((value) => ({ value, label: t(`action.${value || "usual"}`) }))}
        onChange={change}
        style={{ width: 104 }}
      />
    </Tooltip>
  );
}
