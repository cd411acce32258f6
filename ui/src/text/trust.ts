import type { AuditBin, AuditView } from '../api/client';
import { percent } from './chance';
import { counted, countedInWords, figures, sentence } from './numbers';

export const title = 'How far to trust this';
export const actual = 'Actual';
export const predicted = (top: string) => `${top} predicted`;
export const columns = {
  predicted: 'Predicted',
  answers: 'Answers',
  happened: 'Right',
  interval: '95% interval',
};
export const share = percent;
/** An end of the axis; there `0%` is a place, no claim. */
export const axis = (p: number) => `${Math.round(p * 100)}%`;
export const range = (low: number, high: number) =>
  `${Math.round(low * 100)} to ${Math.round(high * 100)}%`;
export const hits = (bin: AuditBin) =>
  `${figures(bin.happened.hits)} of ${figures(bin.happened.of)}`;

/** The range of chance in which most was predicted. */
export function fullest(bins: readonly AuditBin[]): AuditBin | null {
  const counted = bins.filter((bin) => bin.happened.of > 0);
  return counted.reduce<AuditBin | null>(
    (most, bin) => (most === null || bin.happened.of > most.happened.of ? bin : most),
    null,
  );
}

const happened = (bin: AuditBin) => percent(bin.happened.hits / bin.happened.of);

export const record = {
  before: 'Across ',
  strong: (audit: AuditView) => counted(audit.answer_count, 'prediction'),
  after: (bin: AuditBin) =>
    ` of your answers, when Sitwell said ${percent(bin.predicted)} you were right ${happened(bin)} of the time.`,
} as const;

export const untested =
  'None of its predictions has been tested yet. That happens with every paper that you finish: each answer is predicted from what was known before it.';

/** What papers have since decided. */
export function papers(audit: AuditView): string {
  if (audit.paper_count === 0) return '';
  const bin = fullest(audit.papers);
  const decided = `${sentence(countedInWords(audit.paper_count, 'forecast'))} of passing ${audit.paper_count === 1 ? 'has' : 'have'} been decided since.`;
  if (bin === null) return decided;
  const { hits, of } = bin.happened;
  return `${decided} Where it said about ${percent(bin.predicted)}, ${figures(hits)} of ${figures(of)} passed.`;
}

/** What it has never seen. */
export function unseen(audit: AuditView, provider: string | null): string {
  const whose = provider === null ? 'the real ones' : `those of ${provider}`;
  const questions = `these questions may be easier or harder than ${whose}. The range allows for that.`;
  if (audit.real_results === 0) return `It has never seen a real exam of yours, and ${questions}`;
  const seen = countedInWords(audit.real_results, 'real result');
  return `It has been scored against ${seen} of yours, which is little to go by, and ${questions}`;
}

export function finding(audit: AuditView): string {
  const bin = fullest(audit.answers);
  const most = bin === null ? '' : ` Said ${percent(bin.predicted)}, ${happened(bin)} right.`;
  return `Predicted against actual share of right answers, ${counted(audit.answer_count, 'prediction')}.${most}`;
}
