/** Layout C: frames, windows that scripts open, native questions and messages, and a form that can be sent once. */
import { html, raw } from 'hono/html';
import { SCENARIO } from '../meta.ts';
import type { CertificateAnswer } from '../people.ts';
import { annotationFacts, type Fact, factsOf, offersOf, statusOf } from './facts.ts';
import type { Action, Html, Layout, View } from './layout.ts';
import { C_SCRIPT, C_STYLE } from './layout-c-assets.ts';
import {
  ACCOUNTS_HINT,
  announcementOf,
  documentOf,
  EMPTY_LIST,
  helpOf,
  hidden,
  loginFields,
  NEWS,
  RETURN_SECONDS,
  SITE_NAME,
  sentenceIn,
} from './parts.ts';
import { qrPicture } from './pictures.ts';

const PREFIX = '/web/certweb/';
const SUFFIX = '.jsp';

const pageOf = (title: string, content: Html, attributes: Html | '' = ''): Html =>
  documentOf(
    title,
    C_STYLE,
    html`<div class="sheet"><h1>${title}</h1>${content}</div><script>${raw(C_SCRIPT)}</script>`,
    attributes,
  );

/** Told by the browser itself; then the page goes on. */
const saying = (sentence: string, { href }: Action): Html =>
  html`data-say="${sentence}" data-next="${href}" onload="tell()"`;

const button = (label: string, { href, isNewTab }: Action): Html =>
  html`<input type="button" value="${label}" data-href="${href}" onclick="${isNewTab ? 'openWindow(this)' : 'go(this)'}"> `;

const press = (label: string, action: Action): Html =>
  action.method === 'post'
    ? html`<form class="inline" method="post" action="${action.href}"${action.isNewTab ? raw(' target="_blank"') : ''}><input type="submit" value="${label}"></form> `
    : button(label, action);

const lines = (facts: readonly Fact[]): Html =>
  html`<div class="facts">${facts.map(([label, value]) => html`<p><span class="name">${label}：</span>${value}</p>`)}</div>`;

/** The list says nothing of dates: those stand behind the certificate's information. */
const item = (view: View, certificate: CertificateAnswer): Html => {
  const { id, qualification, certificateNumber } = certificate;
  return html`<li><b>${qualification}</b><br>证书编号：${certificateNumber}<br>状态：${statusOf(view, certificate)}<br>
${button(view.labels.info, { href: view.url('info', { id }), isNewTab: true })}
${button(view.labels.open, { href: view.url('detail', { id }), isNewTab: true })}</li>`;
};

const FRAMES: Readonly<Record<'top' | 'welcome', (view: View) => Html>> = {
  top: (view) =>
    documentOf(
      SITE_NAME,
      C_STYLE,
      html`<div class="top"><b>${SITE_NAME}</b> <a href="${view.url('welcome')}" target="main">首页</a>
<a href="${view.url('entry')}" target="main">${view.labels.entry}</a> <a href="${view.url('logout')}" target="_top">退出</a></div>`,
    ),
  welcome: (view) =>
    pageOf('通知公告', html`${announcementOf(view)}${NEWS}<p>请点击上方［${view.labels.entry}］办理。</p>`),
};

export const layoutC: Layout = {
  guard: 'token',
  download: 'post-new-tab',
  actsBy: 'POST',
  fields: { scenario: 'usage', days: 'period' },
  url: (step, params) => {
    if (step === 'home') return '/web/';
    const query = new URLSearchParams(params).toString();
    return `${PREFIX}${step}${SUFFIX}${query && `?${query}`}`;
  },
  stepAt: ({ pathname }) =>
    pathname.startsWith(PREFIX) && pathname.endsWith(SUFFIX) ? pathname.slice(PREFIX.length, -SUFFIX.length) : '',
  home: (view) =>
    html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${SITE_NAME} - 样张 SAMPLE</title><link rel="icon" href="data:,"></head>
<frameset rows="106,*" border="0"><frame name="top" title="导航" src="${view.url('top')}" scrolling="no"><frame name="main" title="正文" src="${view.url('welcome')}">
<noframes><p>样张 SAMPLE <a href="${view.url('entry')}">${view.labels.entry}</a></p></noframes></frameset></html>`,
  frame: (view, name) => FRAMES[name](view),
  entry: (view) =>
    pageOf(
      view.labels.entry,
      html`<p>${button(view.labels.holder, { href: view.url('list') })}</p><p>用人单位查询（样张，未开通）</p>`,
    ),
  login: (view, page) =>
    pageOf(
      '用户登录',
      html`${sentenceIn(page.sentence)}<form method="post" action="${view.url('login')}">
${loginFields(page).map(([label, field]) => html`<p><label><span class="name">${label}：</span>${field}</label></p>`)}
<p><input type="submit" value="${view.labels.logIn}"></p></form>
<p>${button(view.labels.qr, { href: view.url('qr') })}${button(view.labels.register, { href: view.url('register') })}
${button(view.labels.recover, { href: view.url('register') })}</p>${ACCOUNTS_HINT}`,
    ),
  qr: (view, { id, payload, sentence }) => {
    const again = view.url('qr', { id });
    return pageOf(
      view.labels.qr,
      html`<meta http-equiv="refresh" content="${RETURN_SECONDS};url=${again}">${sentenceIn(sentence)}
<p>请用手机扫码确认。演示网站没有手机应用，打开终端给出的地址即可确认。</p>
<p><img alt="二维码" width="220" src="${qrPicture(payload)}"></p><p>${button('我已确认', { href: again })}</p>`,
    );
  },
  notice: (view, { title, body }) =>
    pageOf(
      title,
      html`<p class="prose">${body}</p><form class="inline" method="post" action="${view.url('accept')}">
<p><label><input type="checkbox" onchange="this.form.elements.accept.disabled=!this.checked"> 我已阅读服务须知</label></p>
<input type="submit" name="accept" disabled value="${view.labels.accept}"></form> ${button(view.labels.decline, { href: view.url('logout') })}`,
    ),
  list: (view, { certificates, next }) =>
    pageOf(
      '我的证书',
      html`${announcementOf(view)}<ul class="list">${certificates.map((certificate) => item(view, certificate))}</ul>
${certificates.length === 0 ? EMPTY_LIST : ''}${next === null ? '' : button('下一页', { href: view.url('list', { from: next }) })}${helpOf(view)}`,
    ),
  info: (view, certificate) => pageOf(view.labels.info, lines(factsOf(view, certificate))),
  // No heading names the annotation: what stands beside the certificate's number belongs to it.
  detail: (view, certificate) => {
    const { labels } = view;
    const { qualification, holderName, certificateNumber, annotationRequired } = certificate;
    const { look, save, apply } = offersOf(view, certificate);
    return pageOf(
      '证书下载',
      html`<div class="block">${lines([
        ['资格名称', qualification],
        ['姓名', holderName],
        ['证书编号', certificateNumber ?? ''],
        ...(annotationRequired ? annotationFacts(view, certificate) : []),
      ])}<div>${look && press(labels.look, look)}${save && press(labels.save, save)}${apply && press(labels.apply, apply)}</div></div>
${helpOf(view)}`,
    );
  },
  form: (view, { certificate, token }) => {
    const { labels, layout } = view;
    const { id, qualification, certificateNumber } = certificate;
    return pageOf(
      labels.apply,
      html`${lines([
        ['资格名称', qualification],
        ['证书编号', certificateNumber ?? ''],
      ])}<form method="post" action="${view.url('submit')}" onsubmit="return confirm('确认提交加注申请？提交后不能撤回。')">${hidden({ id, token })}
<p><label><span class="name">${labels.scenario}：</span><select name="${layout.fields.scenario}" data-limits="${view.url('limits')}" onchange="wake(this,'${layout.fields.days}')">
<option value="">请选择</option><option value="${SCENARIO.code}">${SCENARIO.label.zh}</option></select></label></p>
<p><label><span class="name">${labels.days}：</span><input name="${layout.fields.days}" size="4" disabled> 天</label></p>
<p><input type="submit" value="${labels.submit}"></p></form>`,
    );
  },
  submitted: (view, { id }) =>
    pageOf('提示', html`<p>提交成功</p>`, saying('提交成功', { href: view.url('detail', { id }) })),
  refused: (_view, sentence, next) => pageOf('提示', sentenceIn(sentence) || html``, saying(sentence, next)),
  message: (_view, sentence, next) => pageOf('提示', html`${sentenceIn(sentence)}<p>${button('返回', next)}</p>`),
  page: (_view, title, content) => pageOf(title, content),
};
