/** Why something was refused, as a page says it. */
import type { ProblemCode } from '../../contract/problem.ts';
import { MAX_VALID_DAYS, MIN_VALID_DAYS } from '../../domain/published-rules.ts';
import { QUOTA_RULE } from '../../domain/quota.ts';
import type { Refusal } from '../refusal.ts';

/** A refusal that only web forms know. */
export class FormRefusal extends Error {
  readonly sentence: string;

  constructor(reason: keyof typeof FORM_SENTENCES) {
    super(reason);
    this.sentence = FORM_SENTENCES[reason];
  }
}

const FORM_SENTENCES = {
  repeated: '请勿重复提交',
  outdated: '页面已失效，请重新打开后再提交',
} as const;

const SENTENCES: Partial<Record<ProblemCode, string>> = {
  SESSION_EXPIRED: '登录已超时，请重新登录',
  CHALLENGE_REQUIRED: '请先完成验证',
  CHALLENGE_FAILED: '验证没有通过，请重新输入',
  NOTICE_NOT_ACCEPTED: '请先阅读并同意服务须知',
  NOT_FOUND: '没有找到该证书',
  CERTIFICATE_REVOKED: '该证书已撤销，不能加注和下载',
  ANNOTATION_NOT_REQUIRED: '该证书无需加注，可直接下载',
  ANNOTATION_REQUIRED: '请先申请证书加注',
  ANNOTATION_GENERATING: '证书生成中…',
  ANNOTATION_FAILED: '加注件没有生成成功，请重新申请',
  ANNOTATION_EXPIRED: '加注件已过期',
  SCENARIO_NOT_SUPPORTED: '请选择使用场景',
  VALID_DAYS_OUT_OF_RANGE: `加注有效期应为 ${MIN_VALID_DAYS} 至 ${MAX_VALID_DAYS} 天`,
  FEATURE_NOT_AVAILABLE: '本网站暂不提供此项服务',
};

export function sentenceOf({ code, details }: Refusal): string {
  switch (code) {
    case 'INVALID_CREDENTIALS':
      return details.attemptsLeft === undefined
        ? '用户名或密码错误'
        : `用户名或密码错误，还可尝试 ${details.attemptsLeft} 次`;
    case 'ACCOUNT_LOCKED':
      return `密码多次错误，账号已锁定至 ${(details.until ?? '').slice(11, 16)}`;
    case 'QUOTA_EXHAUSTED': {
      const { limit, windowDays } = QUOTA_RULE;
      const next = details.nextSlotOn === undefined ? '' : `，${details.nextSlotOn} 起可再次申请`;
      return `同一证书 ${windowDays} 天内最多 ${limit} 个有效加注件${next}`;
    }
    default:
      return SENTENCES[code] ?? '办理没有成功，请稍后再试';
  }
}
