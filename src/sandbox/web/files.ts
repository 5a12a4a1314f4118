/** How the PDF reaches the holder: as an attachment, in a tab, or in a viewer of the site's own. */
import { html, raw } from 'hono/html';
import { CERTIFICATES, type CertificateAnswer } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { Html, View } from './layout.ts';
import { documentOf } from './parts.ts';
import type { Visit } from './visit.ts';

/** The PDF itself; `look=1` asks to see it, whatever way files are given out. */
export async function fileResponse(visit: Visit): Promise<Response> {
  const id = visit.field('id');
  const certificate = await visit.call('certificate', { id, body: undefined });
  const { annotation, annotationRequired } = certificate;
  if (annotationRequired && !annotation) throw new Refusal('ANNOTATION_REQUIRED');
  const { headers } = visit.request;
  const file = annotation
    ? await visit.file('annotationFile', annotation.id, headers)
    : await visit.file('certificateFile', id, headers);
  const isAttachment = visit.view.download === 'attachment' && visit.field('look') === '';
  const name = encodeURIComponent(fileNameOf(certificate));
  const disposition = `${isAttachment ? 'attachment' : 'inline'}; filename="certificate.pdf"; filename*=UTF-8''${name}`;
  const answered = new Headers(file.headers);
  answered.set('content-disposition', disposition);
  answered.set('cache-control', 'no-store');
  answered.set('x-content-type-options', 'nosniff');
  return new Response(file.body, { status: file.status, headers: answered });
}

const fileNameOf = ({ qualification, kind }: CertificateAnswer): string =>
  `${qualification}${kind === 'electronic-file' ? '证书电子文件' : '电子证书'}.pdf`;

export const isFileOfCertificate = (id: string): boolean => CERTIFICATES.get(id)?.annotationRequired === false;

const STYLE = `
.bar{display:flex;justify-content:space-between;align-items:center;gap:12px;padding:8px 16px;background:#2f3a45;color:#fff}
.bar button{font:inherit;padding:6px 18px}
embed{display:block;width:100%;height:calc(100vh - 170px);border:0;background:#888}
p.help{padding:0 16px}
`;

/** Draws the PDF in a page; only its script has the bytes, and only its button hands them out. */
export function viewerPage(view: View, certificate: CertificateAnswer): Html {
  const name = fileNameOf(certificate);
  return documentOf(
    '证书预览',
    STYLE,
    html`<div class="bar"><span>${name}</span><button type="button" id="save" disabled>保存</button></div>
<div id="paper" data-href="${view.url('file', { id: certificate.id, look: '1' })}" data-name="${name}"></div>
<p class="help" id="help">正在读取文件…</p><script>${raw(VIEWER_SCRIPT)}</script>`,
  );
}

const VIEWER_SCRIPT = `
const paper=document.getElementById('paper'),save=document.getElementById('save'),help=document.getElementById('help');
fetch(paper.dataset.href).then(async(answer)=>{
  if(answer.headers.get('content-type')!=='application/pdf')throw new Error();
  const href=URL.createObjectURL(await answer.blob()),shown=document.createElement('embed'),link=document.createElement('a');
  shown.type='application/pdf';shown.src=href;paper.append(shown);
  link.href=href;link.download=paper.dataset.name;
  save.disabled=false;save.onclick=()=>link.click();
  help.textContent='如果页面中不能显示 PDF，请按［保存］，用 PDF 阅读器打开。';
}).catch(()=>{help.textContent='文件没有读取成功，请刷新后再试'});
`;
