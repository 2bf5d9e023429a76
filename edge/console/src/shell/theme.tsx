// Light and dark, and the product's colours.
import { App, theme as antd, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import { remember, remembered } from "./memory";
import { setToasts } from "./toast";

export type Scheme = "light" | "dark" | "system";

interface Look {
  chosen: Scheme;
  dark: boolean; // as it looks now
  choose: (scheme: Scheme) => void;
}

const LookContext = createContext<Look>({ chosen: "system", dark: false, choose: () => {} });

/** How the page looks, and how to change it. */
export const useLook = () => useContext(LookContext);

/** The nonce that lets this page's style elements in. */
export const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

/** Whether the system asks for something, as it does now. */
function useSystem(wish: string): boolean {
  const query = useMemo(() => window.matchMedia(wish), [wish]);
  return useSyncExternalStore(
    (tell) => {
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => query.matches,
  );
}

const fonts =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

function colours(dark: boolean) {
  // The green of the brand: white text can be read on it, and it can be read on its own pale shade.
  return dark
    ? {
        colorPrimary: "#2f7f5d",
        colorPrimaryBg: "#1b3429",
        colorPrimaryBgHover: "#234234",
        colorPrimaryText: "#7fd0a8",
        controlItemBgActive: "#1b3429",
        controlItemBgActiveHover: "#234234",
        colorLink: "#7fd0a8",
        colorInfo: "#4b9fd0",
        colorBgLayout: "#101412",
        colorBgContainer: "#181d1a",
        colorBgElevated: "#202723",
        colorSuccess: "#63c174",
        colorWarning: "#e6a94a",
        colorError: "#f08478",
      }
    : {
        colorPrimary: "#1b6b4c",
        colorPrimaryBg: "#e5f2eb",
        colorPrimaryBgHover: "#d3e9dd",
        colorPrimaryText: "#1b6b4c",
        controlItemBgActive: "#e5f2eb",
        controlItemBgActiveHover: "#d3e9dd",
        colorLink: "#1b6b4c",
        colorInfo: "#2b6cb0",
        colorBgLayout: "#f3f5f3",
        colorSuccess: "#237a2c",
        colorWarning: "#955400",
        colorError: "#c4291c",
        colorSuccessBg: "#e7f5e9",
        colorWarningBg: "#fdf1dc",
        colorErrorBg: "#fdecea",
        ...shades("green", "#e7f5e9", "#1f6e2a"),
        ...shades("gold", "#fcf3d9", "#7d5a00"),
        ...shades("orange", "#fdeedd", "#8f4700"),
        ...shades("blue", "#e6f0fc", "#1a56a8"),
        ...shades("red", "#fdecea", "#a8201a"),
      };
}

/** The ground and the text of a coloured tag. The theme knows each shade by two names, of which the last one counts. */
function shades(colour: string, ground: string, text: string) {
  return { [`${colour}1`]: ground, [`${colour}-1`]: ground, [`${colour}7`]: text, [`${colour}-7`]: text };
}

// Text that is not black is still read by everybody: 4.5 to 1 on every background.
function readable(dark: boolean) {
  return dark
    ? {
        colorTextSecondary: "#b3bdb7",
        colorTextTertiary: "#a0aba5",
        colorTextDescription: "#a0aba5",
        colorTextPlaceholder: "#8d9992",
      }
    : {
        colorTextSecondary: "#4d5751",
        colorTextTertiary: "#5c665f",
        colorTextDescription: "#5c665f",
        colorTextPlaceholder: "#6b756f",
      };
}

// Dialogs and drawers, which ask without naming an element of the page, stand inside its root: there they do not lock the
// scrolling of the body, which has none, by a style element that carries no nonce. What drops down stands in the body.
const container = (from?: HTMLElement) => {
  const drops = from !== undefined && from !== document.body;
  return (drops ? null : document.getElementById("root")) ?? document.body;
};

/** Gives everything inside the look of the product. */
export function Theme({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [chosen, setChosen] = useState<Scheme>(() => {
    const kept = remembered("scheme");
    return kept === "light" || kept === "dark" ? kept : "system";
  });
  const system = useSystem("(prefers-color-scheme: dark)");
  const still = useSystem("(prefers-reduced-motion: reduce)");
  const dark = chosen === "system" ? system : chosen === "dark";
  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }, [dark]);
  const look = useMemo<Look>(() => {
    const choose = (scheme: Scheme) => {
      remember("scheme", scheme === "system" ? null : scheme);
      setChosen(scheme);
    };
    return { chosen, dark, choose };
  }, [chosen, dark]);
  const theme = useMemo(
    () => ({
      algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
      cssVar: { key: "keliu" },
      token: { ...colours(dark), ...readable(dark), fontFamily: fonts, borderRadius: 6, motion: !still },
      components: {
        Layout: { siderBg: "transparent", headerBg: "transparent" },
        Menu: { itemSelectedColor: dark ? "#8fdcb6" : "#1b6b4c" },
        Tabs: { itemSelectedColor: dark ? "#8fdcb6" : "#1b6b4c" },
      },
    }),
    [dark, still],
  );
  return (
    <LookContext value={look}>
      <ConfigProvider
        locale={i18n.language === "en" ? enUS : zhCN}
        theme={theme}
        csp={{ nonce }}
        getPopupContainer={container}
      >
        <App className="page-root" message={{ maxCount: 3 }}>
          <Toasts />
          {children}
        </App>
      </ConfigProvider>
    </LookContext>
  );
}

function Toasts() {
  const { message } = App.useApp();
  useEffect(() => setToasts(message), [message]);
  return null;
}
