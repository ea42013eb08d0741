import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// The worker of the questionnaire page: one file under a name that never changes, for a browser asks for it by that name.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: here("./learnin/kit/static/kit/build"),
    emptyOutDir: false, // the other build stands there
    modulePreload: false,
    sourcemap: false,
    rollupOptions: {
      input: { "form-worker": here("./frontend/form/worker.js") },
      output: { format: "iife", entryFileNames: "[name].js", codeSplitting: false },
    },
  },
});
