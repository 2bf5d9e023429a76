// The page of shortcuts.
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./side.module.css";

const groups = {
  list: ["j", "k", "1 – 4", "/", "n"],
  thread: ["r", "a", "b", "t", "e"],
  suggestion: ["Shift + S", "i", "o"],
  writing: ["Enter", "Shift + Enter", "/…", "Esc"],
  page: ["?"],
} as const;

export default function Shortcuts({ close }: { close: () => void }) {
  const { t } = useTranslation("workbench");
  return (
    <Modal open onCancel={close} title={t("shortcuts")} footer={null} width={640}>
      <div className={styles.shortcuts}>
        {Object.entries(groups).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`keys.${group}.title`)}</h3>
            <dl>
              {keys.map((key, i) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{t(`keys.${group}.${i}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
