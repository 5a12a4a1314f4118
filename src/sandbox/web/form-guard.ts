/** What keeps a form from being sent twice, where a site has thought of it. */
import type { Annotation } from '../../contract/schemas.ts';
import type { Guard } from '../web-settings.ts';
import { FormRefusal } from './sentences.ts';

const MOST_TOKENS = 1_000;
const INTERVAL_MS = 10_000;

interface Application {
  readonly token: string | undefined;
  readonly scenario: string;
  readonly validDays: number;
  readonly now: Date;
  /** The certificate's latest annotation. */
  readonly latest: Pick<Annotation, 'scenario' | 'validDays' | 'requestedAt'> | undefined;
}

export class FormGuard {
  /** Whether each token was used; the oldest are forgotten. */
  readonly #tokens = new Map<string, boolean>();

  issue(token: string): string {
    this.#tokens.set(token, false);
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= MOST_TOKENS) break;
      this.#tokens.delete(oldest);
    }
    return token;
  }

  /** Lets an application pass once. @throws FormRefusal */
  pass(guard: Guard, application: Application): void {
    if (guard === 'token') this.#use(application.token ?? '');
    if (guard === 'interval' && isRepeated(application)) throw new FormRefusal('repeated');
  }

  #use(token: string): void {
    const used = this.#tokens.get(token);
    if (used === undefined) throw new FormRefusal('outdated');
    if (used) throw new FormRefusal('repeated');
    this.#tokens.set(token, true);
  }
}

/** The same application a moment ago. */
function isRepeated({ latest, scenario, validDays, now }: Application): boolean {
  if (latest === undefined || latest.scenario !== scenario || latest.validDays !== validDays) return false;
  return now.getTime() - Date.parse(latest.requestedAt) < INTERVAL_MS;
}
