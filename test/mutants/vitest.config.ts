/**
 * As the project's own, for a copy of the tree: the executable is built only for tests that start it, and a busy machine
 * is no reason to call a line noticed.
 */
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

export default defineConfig({
  ...base,
  cacheDir: '.vite',
  test: {
    ...base.test,
    testTimeout: 60_000,
    globalSetup: process.env.MUTANT_NEEDS_BUILD ? (base.test?.globalSetup ?? []) : [],
  },
});
