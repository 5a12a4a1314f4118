import { isCertError } from '../errors.ts';
import type { Language } from '../ports/surroundings.ts';
import { readConfig } from './config-store.ts';
import { chooseLanguage } from './locale.ts';
import { configFolder } from './paths.ts';

interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string | undefined;
  /** The system's own language tag, where no variable names one (Windows, macOS). */
  readonly systemLocale: string;
}

/** The language to speak: flag, CERT_LANG, settings, locale. */
export const languageOf = (surroundings: Surroundings, flag?: Language | undefined): Language =>
  chooseLanguage({
    flag,
    env: surroundings.environment,
    configured: configuredLanguage(surroundings),
    systemLocale: surroundings.systemLocale,
  });

/** A damaged settings file is reported by the command that needs it, not here. */
function configuredLanguage({ environment, platform, home }: Surroundings): Language | undefined {
  try {
    return readConfig(configFolder(environment, platform, home)).settings.lang;
  } catch (error) {
    if (isCertError(error)) return undefined;
    throw error;
  }
}
