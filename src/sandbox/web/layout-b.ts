/** Layout B: cards on one page, what belongs to a card in a layer over it, applications by XMLHttpRequest. */
import { html, raw } from 'hono/html';
import { SCENARIO } from '../meta.ts';
import type { CertificateAnswer } from '../people.ts';
import { annotationFacts, type Fact, factsOf, offersOf, statusOf } from './facts.ts';
import type { Action, Html, Layout, Step, View } from './layout.ts';
import { B_SCRIPT, B_STYLE } from './layout-b-assets.ts';
import {
  ACCOUNTS_HINT,
  announcementOf,
  documentOf,
  EMPTY_LIST,
  helpOf,
  loginFields,
  NEWS,
  SITE_NAME,
  sentenceIn,
} from './parts.ts';
import { qrPicture } from './pictures.ts';

const PREFIX = '/web/zsfw/';

/** A page with its layer; a fragment is what the layer shows. */
function pageOf(view: View, title: string, content: Html, layer: Html | '' = ''): Html {
  if (view.isFragment) return html`<h2>${title}</h2>${content}`;
  return documentOf(
    title,
    B_STYLE,
    html`<header><a href="/web/">${SITE_NAME}</a></header><main>${content}</main>
<div id="layer" ${layer === '' ? raw('hidden') : ''} role="dialog"><div class="box">
<span class="close" onclick="hide()" title="关闭">×</span><p id="note" role="status"></p><div id="inside">${layer}</div></div></div>
<script>const LIST=${raw(JSON.stringify(view.url('list')))};${raw(B_SCRIPT)}</script>`,
  );
}

const facts = (all: readonly Fact[]): Html =>
  html`<dl>${all.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Opens in the layer. */
const opener = (label: string, href: string): Html =>
  html`<span class="button" role="button" tabindex="0" data-href="${href}" onclick="show(this.dataset.href)">${label}</span>`;

function link(label: string, { href, method, isNewTab }: Action): Html {
  const target = isNewTab ? raw(' target="_blank"') : '';
  if (method === 'post')
    return html`<form class="inline" method="post" action="${href}"${target}><button class="button">${label}</button></form>`;
  return html`<a class="button" href="${href}"${target}>${label}</a>`;
}

function card(view: View, certificate: CertificateAnswer): Html {
  const { id, qualification, certificateNumber, issuedOn } = certificate;
  return html`<article class="card"><h3>${qualification}</h3>${facts([
    ['证书编号', certificateNumber ?? ''],
    ['制发日期', issuedOn],
    ['状态', statusOf(view, certificate)],
  ])}<p>${opener(view.labels.info, view.url('info', { id }))}${opener(view.labels.open, view.url('detail', { id }))}</p></article>`;
}

const json = (answer: object): Response =>
  new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });

const front = (view: View, isOpen: boolean): Html => {
  const { labels } = view;
  return html`${announcementOf(view)}<h1>网上服务</h1><p class="tiles">
<span class="tile" role="button" tabindex="0" onclick="reveal('entry')">${labels.entry}</span>
<span class="tile quiet">考试报名（样张，未开通）</span></p>
<section id="entry" ${isOpen ? '' : raw('hidden')}><h2>${labels.entry}</h2><p>${link(labels.holder, { href: view.url('list') })}</p></section>
<h2>通知公告</h2>${NEWS}`;
};

export const layoutB: Layout = {
  guard: 'interval',
  download: 'attachment',
  actsBy: 'POST',
  fields: { scenario: 'scene', days: 'validDays' },
  url: (step: Step, params) => (step === 'home' ? '/web/' : `${PREFIX}${step}${query(params)}`),
  stepAt: ({ pathname }) => (pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : ''),
  home: (view) => pageOf(view, SITE_NAME, front(view, false)),
  entry: (view) => pageOf(view, view.labels.entry, front(view, true)),
  login: (view, page) =>
    pageOf(
      view,
      view.labels.logIn,
      html`<form class="card narrow" method="post" action="${view.url('login')}"><h1>用户登录</h1>${sentenceIn(page.sentence)}
${loginFields(page).map(([label, field]) => html`<label>${label}<br>${field}</label>`)}
<p><button class="button">${view.labels.logIn}</button></p>
<p><a href="${view.url('qr')}">${view.labels.qr}</a>　<a href="${view.url('register')}">${view.labels.register}</a>　<a href="${view.url('register')}">${view.labels.recover}</a></p>
${ACCOUNTS_HINT}</form>`,
    ),
  qr: (view, { id, payload, sentence }) =>
    pageOf(
      view,
      view.labels.qr,
      html`<div class="card narrow" data-href="${view.url('qr', { id })}" id="qr"><h1>${view.labels.qr}</h1>${sentenceIn(sentence)}
<p>请用手机扫码确认。演示网站没有手机应用，打开终端给出的地址即可确认。</p>
<p><img alt="二维码" width="220" src="${qrPicture(payload)}"></p><p>${link('我已确认', { href: view.url('qr', { id }) })}</p></div>`,
    ),
  notice: (view, { title, body }) =>
    pageOf(
      view,
      title,
      html`<h1>我的证书</h1>`,
      html`<h2>${title}</h2><p class="prose">${body}</p>
<form class="inline" method="post" action="${view.url('accept')}"><button class="button">${view.labels.accept}</button></form>
<form class="inline" method="post" action="${view.url('logout')}"><button class="button quiet">${view.labels.decline}</button></form>`,
    ),
  list: (view, { certificates, next }) =>
    pageOf(
      view,
      '我的证书',
      html`${announcementOf(view)}<h1>我的证书</h1><div class="cards">${certificates.map((certificate) => card(view, certificate))}</div>
${certificates.length === 0 ? EMPTY_LIST : ''}${next === null ? '' : link('下一页', { href: view.url('list', { from: next }) })}
${helpOf(view)}<p>${link('退出', { href: view.url('logout') })}</p>`,
    ),
  info: (view, certificate) => pageOf(view, view.labels.info, facts(factsOf(view, certificate))),
  detail: (view, certificate) => {
    const { labels } = view;
    const { look, save, apply } = offersOf(view, certificate);
    return pageOf(
      view,
      '证书下载',
      html`${facts(factsOf(view, certificate).slice(0, 9))}
${certificate.annotationRequired ? html`<section class="block"><h3>${labels.annotation}</h3>${facts(annotationFacts(view, certificate))}</section>` : ''}
<div>${look && link(labels.look, look)}${save && link(labels.save, save)}${apply && opener(labels.apply, apply.href)}</div>${helpOf(view)}`,
    );
  },
  form: (view, { certificate, token }) => {
    const { labels, layout } = view;
    const { id, qualification, certificateNumber, quota } = certificate;
    return pageOf(
      view,
      labels.apply,
      html`${facts([
        ['资格名称', qualification],
        ['证书编号', certificateNumber ?? ''],
      ])}<form data-href="${view.url('submit', { id })}" data-token="${token ?? ''}" onsubmit="return send(this)">
<fieldset><legend>${labels.scenario}</legend><label class="choice"><input type="radio" name="${layout.fields.scenario}" value="${SCENARIO.code}"> ${SCENARIO.label.zh}</label></fieldset>
<label>${labels.days}（天，最长 90 天）<br><input type="number" name="${layout.fields.days}" min="1" max="90"></label>
<p class="help">90 天内最多 ${quota?.limit ?? ''} 个有效加注件，还可申请 ${quota?.remaining ?? ''} 个。</p>
<p><button class="button">${labels.submit}</button></p></form>`,
    );
  },
  submitted: (view, { id }) => json({ ok: true, message: '提交成功', next: view.url('detail', { id }) }),
  refused: (_view, sentence) => json({ ok: false, message: sentence }),
  message: (view, sentence, next) => pageOf(view, '提示', html`${sentenceIn(sentence)}<p>${link('返回', next)}</p>`),
  page: (view, title, content) => pageOf(view, title, html`<h1>${title}</h1>${content}`),
};

const query = (params: Readonly<Record<string, string>>): string => {
  const text = new URLSearchParams(params).toString();
  return text === '' ? '' : `?${text}`;
};
