// Addresses and the pages behind them.
import { lazy } from "react";
import { createBrowserRouter, Navigate, type RouteObject, useRoutes } from "react-router";
import { Home } from "../features/home/Home";
import { Login } from "../features/login/Login";
import { features } from "../features/registry";
import { Live } from "../live/LiveConnection";
import { Frame } from "./Frame";
import { type Feature, may } from "./feature";
import { addTexts } from "./i18n";
import { Session, useMe } from "./session";
import { Forbidden, Missing } from "./states";

/** The pages of a feature. Their code and texts come when the first of them is opened. */
function pages(feature: Feature) {
  return lazy(async () => {
    const { routes, texts } = await feature.load();
    addTexts(feature.name, texts);
    const all = [...routes, { path: "*", element: <Missing /> }];
    return { default: () => useRoutes(all) };
  });
}

function guarded(feature: Feature): RouteObject {
  const Pages = pages(feature);
  function Guarded() {
    return may(useMe(), feature.part, feature.action) ? <Pages /> : <Forbidden />;
  }
  return { path: `${feature.path}/*`, element: <Guarded /> };
}

export const router = createBrowserRouter([
  { path: "/login", element: <Login /> },
  {
    element: (
      <Session>
        <Live>
          <Frame />
        </Live>
      </Session>
    ),
    children: [
      { index: true, element: <Home /> },
      { path: "index.html", element: <Navigate to="/" replace /> },
      ...features.map(guarded),
      { path: "*", element: <Missing /> },
    ],
  },
]);
