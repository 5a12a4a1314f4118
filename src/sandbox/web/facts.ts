/** What pages tell of a certificate and its latest annotation. */
import { dayOf } from '../../domain/calendar.ts';
import { SCENARIO } from '../meta.ts';
import type { CertificateAnswer } from '../people.ts';
import type { Action, View } from './layout.ts';

export type Fact = readonly [label: string, value: string];

export const statusOf = ({ labels }: View, { status }: CertificateAnswer): string =>
  status === 'revoked' ? labels.revoked : labels.valid;

/** All that is known of it; numbers that it lacks are left out. */
export function factsOf(view: View, certificate: CertificateAnswer): Fact[] {
  const facts: [string, string | null | undefined][] = [
    ['资格名称', certificate.qualification],
    ['专业', certificate.specialty],
    ['级别', certificate.level],
    ['姓名', certificate.holderName],
    ['证件号码', certificate.idNumberMasked],
    ['证书编号', certificate.certificateNumber],
    ['管理号', certificate.managementNumber],
    ['查询编号', certificate.enquiryNumber],
    ['批准日期', certificate.approvedOn],
    ['制发日期', certificate.issuedOn],
    ['发证机构', certificate.issuer],
    ['类别', certificate.kind === 'electronic-file' ? '证书电子文件' : '电子证书'],
    ['状态', statusOf(view, certificate)],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

/** The latest annotation: what it is, and what it holds for once it is ready. */
export function annotationFacts({ labels }: View, { annotation }: CertificateAnswer): Fact[] {
  if (!annotation) return [['加注状态', '未加注']];
  switch (annotation.status) {
    case 'generating':
      return [['加注状态', labels.generating]];
    case 'expired':
      return [['加注状态', labels.expired]];
    case 'failed':
      return [['加注状态', '加注件没有生成成功，请重新申请']];
    case 'ready':
      return [
        ['加注状态', '加注件有效'],
        [labels.scenario, SCENARIO.label.zh],
        [labels.days, `${annotation.validDays} 天`],
        ['申请日期', dayOf(annotation.requestedAt)],
        ['有效期至', annotation.validUntil ?? ''],
      ];
    default:
      return [['加注状态', annotation.status]];
  }
}

/** What can be done with a certificate now. */
interface Offers {
  readonly look?: Action;
  readonly save?: Action;
  readonly apply?: Action;
}

export function offersOf(view: View, certificate: CertificateAnswer): Offers {
  const { id, status, annotationRequired, annotation } = certificate;
  if (status === 'revoked') return {};
  const apply = { href: view.url('form', { id }) };
  if (!annotationRequired) return fileActions(view, id);
  if (annotation?.status === 'generating') return {};
  return annotation?.status === 'ready' ? { ...fileActions(view, id), apply } : { apply };
}

function fileActions(view: View, id: string): Pick<Offers, 'look' | 'save'> {
  const viewer: Action = { href: view.url('viewer', { id }), isNewTab: true };
  const href = view.url('file', { id });
  const look: Action = { href: view.url('file', { id, look: '1' }), isNewTab: true };
  switch (view.download) {
    case 'viewer':
      return { look: viewer, save: viewer };
    case 'attachment':
    case 'inline':
      return { look, save: { href } };
    case 'inline-new-tab':
      return { look, save: { href, isNewTab: true } };
    case 'post-new-tab':
      return { look, save: { href, method: 'post', isNewTab: true } };
  }
}
