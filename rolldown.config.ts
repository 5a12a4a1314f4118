import { rmSync } from 'node:fs';
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { main: 'src/main.ts', 'static-help': 'src/static-help.ts' },
  platform: 'node',
  external: ['keytar'],
  // Chunks of an earlier build have other names and would be packed with the new ones.
  plugins: [{ name: 'clean', buildStart: () => rmSync('dist/chunks', { recursive: true, force: true }) }],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    comments: { legal: true },
  },
});
