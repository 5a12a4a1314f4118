import type { Messages } from './en/index.ts';
import type { Topics } from './en/topics.ts';

/** Loads the one catalogue that is needed. */
export const loadMessages = async (language: 'en' | 'zh-CN'): Promise<Messages> =>
  language === 'zh-CN' ? (await import('./zh-CN/index.ts')).zhCN : (await import('./en/index.ts')).en;

/** Loads the texts of `cert help TOPIC`. */
export const loadTopics = async (language: 'en' | 'zh-CN'): Promise<Topics> =>
  language === 'zh-CN' ? (await import('./zh-CN/topics.ts')).topics : (await import('./en/topics.ts')).topics;
