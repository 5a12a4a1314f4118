/** What a layout has to bring: its addresses, the names of its fields, and a page for every step. */
import type { html } from 'hono/html';
import type { Challenge, Notice } from '../../contract/schemas.ts';
import type { CertificateAnswer } from '../people.ts';
import type { DownloadWay, Guard } from '../web-settings.ts';
import type { Labels } from './labels.ts';

export type Html = ReturnType<typeof html>;
export type Answer = Html | Response;

export const STEP_NAMES = [
  'home',
  'top',
  'welcome',
  'entry',
  'login',
  'qr',
  'register',
  'notice',
  'accept',
  'list',
  'info',
  'detail',
  'form',
  'limits',
  'submit',
  'file',
  'viewer',
  'logout',
] as const;

/** A step of the holder's way through the site. */
export type Step = (typeof STEP_NAMES)[number];

/** Where a press leads. */
export interface Action {
  readonly href: string;
  readonly method?: 'get' | 'post';
  readonly isNewTab?: boolean;
}

/** What every page can count on. */
export interface View {
  readonly labels: Labels;
  readonly layout: Layout;
  readonly download: DownloadWay;
  readonly hasAnnouncement: boolean;
  /** A script asks for it, to show it inside a page that is there already. */
  readonly isFragment: boolean;
  url(step: Step, params?: Readonly<Record<string, string>>): string;
}

export interface LoginPage {
  readonly challenge: Challenge | undefined;
  readonly username: string;
  /** Why it is shown again. */
  readonly sentence?: string | undefined;
}

interface QrPage {
  readonly id: string;
  readonly payload: string;
  readonly sentence?: string | undefined;
}

interface ListPage {
  readonly certificates: readonly CertificateAnswer[];
  readonly next: string | null;
}

interface FormPage {
  readonly certificate: CertificateAnswer;
  /** Sent along with the form where a one-time token guards it. */
  readonly token: string | undefined;
}

export interface Layout {
  readonly guard: Guard;
  readonly download: DownloadWay;
  /** How it accepts the notice and applies: some sites act by GET. */
  readonly actsBy: 'GET' | 'POST';
  readonly fields: { readonly scenario: string; readonly days: string };
  url(step: Step, params: Readonly<Record<string, string>>): string;
  /** The step's name in an address, which may be one that nobody knows. */
  stepAt(url: URL): string;
  home(view: View): Html;
  /** What stands in a frame at first, where there are frames. */
  frame?(view: View, name: 'top' | 'welcome'): Html;
  entry(view: View): Html;
  login(view: View, page: LoginPage): Html;
  qr(view: View, page: QrPage): Html;
  notice(view: View, notice: Notice): Html;
  list(view: View, page: ListPage): Html;
  info(view: View, certificate: CertificateAnswer): Html;
  detail(view: View, certificate: CertificateAnswer): Html;
  form(view: View, page: FormPage): Html;
  /** What answers an application that was taken. */
  submitted(view: View, certificate: CertificateAnswer): Answer;
  /** What answers one that was not. */
  refused(view: View, sentence: string, next: Action): Answer;
  /** A sentence, and the way on. */
  message(view: View, sentence: string, next: Action): Html;
  /** Some text of the site inside its frame. */
  page(view: View, title: string, content: Html): Html;
}
