import { rmSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

/** Chunks of an earlier build have other names and would be packed with the new ones. */
const freshChunks: Plugin = {
  name: 'fresh-chunks',
  buildStart: () => rmSync('dist/chunks', { recursive: true, force: true }),
};

/** Built-in modules that a library loads for what is never asked of it: HTTP/2 (11 ms), commands as programs (2 ms). */
const UNUSED = { 'node:http2': /[\\/]undici[\\/]/, 'node:child_process': /[\\/]commander[\\/]/ } as const;

const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (source, importer = '') =>
    source in UNUSED && UNUSED[source as keyof typeof UNUSED].test(importer) ? `\0without:${source}` : null,
  load: (id) => (id.startsWith('\0without:') ? 'export const constants = {};' : null),
};

export default defineConfig({
  input: {
    main: 'src/cli/main.ts',
    'static-help': 'src/cli/static-help.ts',
    'keychain-child': 'src/credentials/keychain-child.ts',
    'text-child': 'src/pdf/text/text-child.ts',
  },
  platform: 'node',
  external: ['keytar'],
  // What main has loaded anyway, a chunk takes from main, not from one more file.
  preserveEntrySignatures: 'allow-extension',
  plugins: [freshChunks, withoutUnused],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    comments: { legal: true },
    // A tenth of the package is blanks. Names stay, for the traces of --debug.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    // One file for what the commands about copies share: each file that is read costs start-up time.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: 'copies', test: /src[\\/]commands[\\/]copies[\\/]/, minShareCount: 2 }],
    },
  },
});
