import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/build.ts',
    env: { NO_COLOR: '1' },
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
