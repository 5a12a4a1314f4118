import type { Language } from '../ports/surroundings.ts';

/** A language tag or locale name as one of ours: anything Chinese, anything English; undefined for all else. */
export function parseLanguage(tag: string): Language | undefined {
  if (/^zh([-_.@]|$)/i.test(tag)) return 'zh-CN';
  if (/^en([-_.@]|$)/i.test(tag)) return 'en';
  return undefined;
}

interface Hints {
  readonly flag?: Language | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The language of the settings file. */
  readonly configured?: Language | undefined;
  readonly systemLocale: string;
}

/** `--lang`, CERT_LANG, the settings, then the locale: LC_ALL, LC_MESSAGES, LANG, the system's own. English otherwise. */
export function chooseLanguage({ flag, env, configured, systemLocale }: Hints): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || systemLocale;
  return flag ?? parseLanguage(env.CERT_LANG ?? '') ?? configured ?? parseLanguage(locale) ?? 'en';
}

/** The system's language where no variable tells it. Not asked on Linux, where LANG tells and the answer costs time. */
export const systemLocale = (platform: NodeJS.Platform): string =>
  platform === 'win32' || platform === 'darwin' ? Intl.DateTimeFormat().resolvedOptions().locale : '';
