// What a page does when its code fails: it says so, and the rest of the console goes on.
import { BugOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Instead } from "./states";

interface Props {
  at: string; // where one is: another place is tried anew
  children: ReactNode;
}

export class Boundary extends Component<Props, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.error && before.at !== this.props.at) this.setState({ error: undefined });
  }

  override render() {
    return this.state.error ? <Crash error={this.state.error} /> : this.props.children;
  }
}

// A chunk that is gone means that the server carries a newer console.
const gone = /dynamically imported module|module script failed/i;

function Crash({ error }: { error: Error }) {
  const { t } = useTranslation();
  const outdated = gone.test(error.message);
  return (
    <div role="alert">
      <Instead sign={<BugOutlined />} title={t(outdated ? "error.outdated" : "error.title")}>
        {!outdated && <p>{t("error.crash")}</p>}
        {!outdated && <code>{error.message}</code>}
        <Button type="primary" onClick={() => location.reload()}>
          {t("error.reload")}
        </Button>
      </Instead>
    </div>
  );
}
