// Addresses and the pages behind them.
import { lazy, Suspense } from "react";
import { BrowserRouter, Navigate, Route, Routes, useRoutes } from "react-router";
import { features } from "../features/registry";
import { Live } from "../live/LiveConnection";
import { Frame } from "./Frame";
import { type Feature, may } from "./feature";
import { addTexts } from "./i18n";
import { Session, useMe } from "./session";
import { Forbidden, Loading, Missing } from "./states";

const Login = lazy(() => import("../features/login/Login"));
const Home = lazy(() => import("../features/home/Home"));

/** The pages of a feature. Their code and texts come when the first of them is opened. */
function pages(feature: Feature) {
  return lazy(async () => {
    const { routes, texts } = await feature.load();
    addTexts(feature.name, texts);
    const all = [...routes, { path: "*", element: <Missing /> }];
    return { default: () => useRoutes(all) };
  });
}

const guarded = features.map((feature) => {
  const Pages = pages(feature);
  function Guarded() {
    return may(useMe(), feature.part, feature.action) ? <Pages /> : <Forbidden />;
  }
  return { path: `${feature.path}/*`, Guarded };
});

/** Everything there is, by address. */
export function Router() {
  const inside = (
    <Session>
      <Live>
        <Frame />
      </Live>
    </Session>
  );
  return (
    <BrowserRouter>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="/login" element={<Login />} />
          <Route element={inside}>
            <Route index element={<Home />} />
            <Route path="index.html" element={<Navigate to="/" replace />} />
            {guarded.map(({ path, Guarded }) => (
              <Route key={path} path={path} element={<Guarded />} />
            ))}
            <Route path="*" element={<Missing />} />
          </Route>
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
