import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { main: 'src/main.ts', 'static-help': 'src/static-help.ts' },
  platform: 'node',
  external: ['keytar'],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    comments: { legal: true },
  },
});
