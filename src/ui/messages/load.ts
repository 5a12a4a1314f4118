import type { Messages } from './en/index.ts';

/** Loads the one catalogue that is needed. */
export const loadMessages = async (language: 'en' | 'zh-CN'): Promise<Messages> =>
  language === 'zh-CN' ? (await import('./zh-CN/index.ts')).zhCN : (await import('./en/index.ts')).en;
