import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// `npm run build` writes what Django serves: learnin/kit/static/kit/build, with a manifest that django-vite reads.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: here("./learnin/kit/static/kit/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: false, // islands are small and alone: nothing to load ahead
    sourcemap: false,
    cssMinify: false, // Sass compresses; the minifier stumbles over a browser hack of GOV.UK Frontend
    rollupOptions: {
      input: { main: "frontend/main.js", style: "frontend/styles/main.scss", form: "frontend/form/main.js" },
      // the engine of the questionnaire page changes less often than our own script: browsers keep it longer
      output: { codeSplitting: { groups: [{ name: "form-engine", test: /node_modules.(?!govuk|htmx)/ }] } },
    },
  },
  css: {
    preprocessorOptions: {
      scss: { loadPaths: [here("./node_modules/govuk-frontend/dist")], quietDeps: true, style: "compressed" },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["frontend/**/*.test.js"],
  },
});
