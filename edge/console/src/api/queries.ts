// How answers are kept, and what is done when a call fails.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { toast } from "../shell/toast";
import { ApiError } from "./client";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: { quiet?: boolean }; // the caller shows the error itself
  }
}

const passing = (err: unknown) => !(err instanceof ApiError) || err.status === 0 || err.status >= 500;

/** The answers of the API, by query key. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, err) => failures < 2 && passing(err),
    },
    mutations: { retry: false },
  },
  queryCache: new QueryCache({
    // A page that shows nothing yet shows the error itself; one that shows older answers says that they are old.
    onError: (err, query) => {
      if (query.state.data !== undefined && err instanceof ApiError && err.status !== 401)
        toast.error(err.message);
    },
  }),
  mutationCache: new MutationCache({
    onError: (err, _variables, _context, mutation) => {
      if (!mutation.meta?.quiet) toast.error(err.message);
    },
  }),
});
