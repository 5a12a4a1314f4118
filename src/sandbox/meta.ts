import type { Meta, Notice } from '../contract/schemas.ts';
import { PASSWORD_POLICY, USERNAME_POLICY } from '../domain/credential-policy.ts';
import { ANNOTATION_REQUIRED_AFTER, DEFAULT_SCENARIO, MAX_VALID_DAYS } from '../domain/published-rules.ts';
import { QUOTA_RULE } from '../domain/quota.ts';
import { ID_TYPES } from './id-documents.ts';
import { NOTICE_VERSION } from './people.ts';

export const SCENARIO = { code: DEFAULT_SCENARIO, label: { zh: '本人调用', en: 'used by the holder' } };

export const metaOf = (features: Meta['features']): Meta => ({
  name: '电子证书演示网站（样张）',
  apiVersion: '1.0',
  timeZone: 'Asia/Shanghai',
  scenarios: [SCENARIO],
  maxValidDays: MAX_VALID_DAYS,
  quota: QUOTA_RULE,
  annotationRequiredAfter: ANNOTATION_REQUIRED_AFTER,
  passwordPolicy: {
    ...PASSWORD_POLICY,
    description: {
      zh: '8 至 15 个字符，须含大写字母、小写字母和数字',
      en: '8 to 15 characters with upper case, lower case and digit',
    },
  },
  usernamePolicy: {
    ...USERNAME_POLICY,
    description: { zh: '5 至 20 个字母、数字或下划线，区分大小写', en: '5 to 20 letters, digits or _, case-sensitive' },
  },
  idTypes: ID_TYPES,
  helplines: ['000-00000000（演示）'],
  noticeVersion: NOTICE_VERSION,
  features,
});

export const NOTICE: Notice = {
  version: NOTICE_VERSION,
  title: '服务须知（样张）',
  body: [
    '一、本网站为演示网站，人物、号码、证书均为虚构。',
    '二、2021 年 12 月 17 日之后制发的电子证书，须申请加注后方可查看和下载。',
    '三、加注有效期最长 90 天；同一证书 90 天内最多有 3 个有效加注件。',
    '四、加注件在 24 小时内生成，过期后须重新申请。',
    '五、请先核对证书信息；信息有误，请咨询发证机构。',
  ].join('\n'),
};
