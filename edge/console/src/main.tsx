import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/queries";
import "./shell/i18n";
import { Router } from "./shell/router";
import "./shell/shell.css";
import { Theme } from "./shell/theme";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Theme>
        <Router />
      </Theme>
    </QueryClientProvider>
  </StrictMode>,
);
