// The addresses of this feature.
import { Navigate, useLocation } from "react-router";
import type { Loaded } from "../../shell/feature";
import { Campaigns } from "./Campaigns";
import en from "./en";
import { FunnelPane } from "./FunnelPane";
import { Leads } from "./Leads";
import { MarketingPage } from "./MarketingPage";
import { moved } from "./places";
import { Rules } from "./Rules";
import { Sends } from "./Sends";
import zh from "./zh";

export const texts: Loaded["texts"] = { zh, en };

/** The feature's own address, and those of an older form. */
function Entrance() {
  return <Navigate to={moved(useLocation().search)} replace />;
}

export const routes: Loaded["routes"] = [
  { index: true, element: <Entrance /> },
  {
    element: <MarketingPage />,
    children: [
      { path: "leads/:person?", element: <Leads /> },
      { path: "rules", element: <Rules /> },
      { path: "campaigns", element: <Campaigns /> },
      { path: "funnel", element: <FunnelPane /> },
      { path: "sends", element: <Sends /> },
    ],
  },
];
