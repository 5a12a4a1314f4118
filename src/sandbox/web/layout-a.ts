/** Layout A: nested tables, every address ends in `.do?method=`, new tabs, and it applies by GET without any guard. */
import { html, raw } from 'hono/html';
import { SCENARIO } from '../meta.ts';
import type { CertificateAnswer } from '../people.ts';
import { annotationFacts, type Fact, factsOf, offersOf, statusOf } from './facts.ts';
import type { Action, Html, Layout, View } from './layout.ts';
import { A_STYLE } from './layout-a-assets.ts';
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

const ADDRESS = '/web/certMng/frontquery.do';

const pageOf = (view: View, title: string, content: Html, head: Html | '' = ''): Html =>
  documentOf(
    title,
    A_STYLE,
    html`${head}<table class="outer"><tr><td class="band">${SITE_NAME}</td></tr>
<tr><td class="path">当前位置：<a href="${view.url('home')}">首页</a> &gt; ${title}</td></tr>
<tr><td class="inner">${content}</td></tr><tr><td class="foot">${helpOf(view)}</td></tr></table>`,
  );

const link = (label: string, { href, isNewTab }: Action): Html =>
  html`<a href="${href}"${isNewTab ? raw(' target="_blank"') : ''}>[${spaced(label)}]</a> `;

/** A press that posts is a form of its own. */
const press = (label: string, action: Action): Html =>
  action.method === 'post'
    ? html`<form class="inline" method="post" action="${action.href}"${action.isNewTab ? raw(' target="_blank"') : ''}><input type="submit" value="${spaced(label)}"></form> `
    : link(label, action);

/** Short words are set wide, as on pages of that age. */
const spaced = (label: string): string => (label.length === 2 ? [...label].join('\u3000') : label);

const grid = (caption: string, facts: readonly Fact[]): Html =>
  html`<table class="grid"><caption>${caption}</caption>${facts.map(([label, value]) => html`<tr><th>${label}</th><td>${value}</td></tr>`)}</table>`;

const HEADINGS = ['资格名称', '级别', '证书编号', '制发日期', '状态', '操作'];

function row(view: View, certificate: CertificateAnswer): Html {
  const { id, qualification, level, certificateNumber, issuedOn } = certificate;
  const actions = html`${link(view.labels.info, { href: view.url('info', { id }), isNewTab: true })}
${link(view.labels.open, { href: view.url('detail', { id }), isNewTab: true })}`;
  const cells = [qualification, level ?? '', certificateNumber, issuedOn, `[${statusOf(view, certificate)}]`, actions];
  return html`<tr>${cells.map((cell, at) => html`<td data-heading="${HEADINGS[at]}">${cell}</td>`)}</tr>`;
}

function detail(view: View, certificate: CertificateAnswer, sentence?: string): Html {
  const { labels } = view;
  const { look, save, apply } = offersOf(view, certificate);
  const annotation = html`<tr><td>${grid(labels.annotation, annotationFacts(view, certificate))}</td></tr>`;
  return pageOf(
    view,
    '证书下载',
    html`${sentenceIn(sentence)}<table class="nested"><tr><td>${grid(labels.info, factsOf(view, certificate))}</td></tr>
${certificate.annotationRequired ? annotation : ''}<tr><td class="actions">${look && press(labels.look, look)}
${save && press(labels.save, save)}${apply && press(labels.apply, apply)}</td></tr></table>`,
  );
}

export const layoutA: Layout = {
  guard: 'none',
  download: 'inline-new-tab',
  actsBy: 'GET',
  fields: { scenario: 'sycj', days: 'jzyxq' },
  url: (step, params) => (step === 'home' ? '/web/' : `${ADDRESS}?${new URLSearchParams({ method: step, ...params })}`),
  stepAt: ({ pathname, searchParams }) => (pathname === ADDRESS ? (searchParams.get('method') ?? '') : ''),
  home: (view) =>
    pageOf(
      view,
      '首页',
      html`${announcementOf(view)}<table class="grid"><caption>网上服务</caption><tr><td><a href="${view.url('entry')}" target="_blank">${view.labels.entry}</a></td>
<td>考试报名（样张，未开通）</td></tr></table><table class="grid"><caption>通知公告</caption><tr><td>${NEWS}</td></tr></table>`,
    ),
  entry: (view) =>
    pageOf(
      view,
      view.labels.entry,
      html`<table class="grid"><tr><td>${link(view.labels.holder, { href: view.url('list') })}</td><td>用人单位查询（样张，未开通）</td></tr></table>`,
    ),
  login: (view, page) =>
    pageOf(
      view,
      view.labels.logIn,
      html`${sentenceIn(page.sentence)}<form method="post" action="${view.url('login')}"><table class="grid"><caption>用户登录</caption>
${loginFields(page).map(([label, field]) => html`<tr><th>${label}</th><td>${field}</td></tr>`)}
<tr><td colspan="2" class="actions"><input type="submit" value="${spaced(view.labels.logIn)}"></td></tr></table></form>
<p>${link(view.labels.qr, { href: view.url('qr') })}${link(view.labels.register, { href: view.url('register') })}
${link(view.labels.recover, { href: view.url('register') })}</p>${ACCOUNTS_HINT}`,
    ),
  qr: (view, { id, payload, sentence }) => {
    const again = view.url('qr', { id });
    return pageOf(
      view,
      view.labels.qr,
      html`${sentenceIn(sentence)}<p>请用手机扫码确认。演示网站没有手机应用，打开终端给出的地址即可确认。</p>
<p><img alt="二维码" width="220" src="${qrPicture(payload)}"></p><p>${link('我已确认', { href: again })}</p>`,
      html`<meta http-equiv="refresh" content="${RETURN_SECONDS};url=${again}">`,
    );
  },
  notice: (view, { title, body }) =>
    pageOf(
      view,
      title,
      html`<table class="grid"><caption>${title}</caption><tr><td class="prose">${body}</td></tr>
<tr><td class="actions">${link(view.labels.accept, { href: view.url('accept') })}${link(view.labels.decline, { href: view.url('logout') })}</td></tr></table>`,
    ),
  list: (view, { certificates, next }) =>
    pageOf(
      view,
      '证书列表',
      html`${announcementOf(view)}<table class="grid rows"><thead><tr>${HEADINGS.map((heading) => html`<th>${heading}</th>`)}</tr></thead>
<tbody>${certificates.map((certificate) => row(view, certificate))}</tbody></table>${certificates.length === 0 ? EMPTY_LIST : ''}
<p>${next === null ? '' : link('下一页', { href: view.url('list', { from: next }) })}${link('退出', { href: view.url('logout') })}</p>`,
    ),
  info: (view, certificate) => pageOf(view, view.labels.info, grid(view.labels.info, factsOf(view, certificate))),
  detail,
  form: (view, { certificate, token }) => {
    const { labels, layout } = view;
    const { scenario, days } = layout.fields;
    const { id, qualification, certificateNumber } = certificate;
    return pageOf(
      view,
      labels.apply,
      html`<form method="get" action="${ADDRESS}">${hidden({ method: 'submit', id, token })}
<table class="grid"><caption>${labels.apply}</caption><tr><th>资格名称</th><td>${qualification}</td></tr><tr><th>证书编号</th><td>${certificateNumber}</td></tr>
<tr><th>${labels.scenario}</th><td><select name="${scenario}" onchange="this.form.elements['${days}'].disabled=this.value===''">
<option value="">请选择</option><option value="${SCENARIO.code}">${SCENARIO.label.zh}</option></select></td></tr>
<tr><th>${labels.days}</th><td><input name="${days}" size="4" maxlength="3" disabled> 天（最长 90 天，先选择${labels.scenario}）</td></tr>
<tr><td colspan="2" class="actions"><input type="submit" value="${labels.submit}"></td></tr></table></form>`,
    );
  },
  submitted: (view, certificate) => detail(view, certificate, '提交成功'),
  refused: (view, sentence, next) => layoutA.message(view, sentence, next),
  message: (view, sentence, next) => pageOf(view, '提示', html`${sentenceIn(sentence)}<p>${link('返回', next)}</p>`),
  page: (view, title, content) => pageOf(view, title, content),
};
