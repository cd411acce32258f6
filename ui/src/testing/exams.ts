import type { ExamView, TaskView } from '../api/client';

const task = (id: string, title: string, questions: number): TaskView => ({
  id,
  title,
  questions,
  quota: 4,
  minutes: 12,
});

/** An exam as Rust shows it; `parts` differ. */
export function exam(parts: Partial<ExamView> = {}): ExamView {
  return {
    code: 'MLS-C01',
    title: 'AWS Certified Machine Learning – Specialty',
    provider: 'Amazon Web Services',
    items: 65,
    scored_items: 50,
    minutes: 180,
    extra_minutes: 30,
    granted: [
      { extra: { kind: 'none' }, minutes: 180 },
      { extra: { kind: 'minutes' }, minutes: 210 },
      { extra: { kind: 'percent', percent: 25 }, minutes: 225 },
      { extra: { kind: 'percent', percent: 50 }, minutes: 270 },
      { extra: { kind: 'percent', percent: 100 }, minutes: 360 },
    ],
    breaks_stop_clock: false,
    stop_clock_breaks: true,
    scale_min: 100,
    scale_max: 1000,
    pass: 750,
    last_sitting: '2026-03-31',
    successors: [{ code: 'MLA-C01', title: 'AWS Certified Machine Learning Engineer – Associate' }],
    domains: [
      {
        id: '1',
        index: 0,
        title: 'Data Engineering',
        weight: 20,
        quota: 13,
        minutes: 36,
        tasks: [
          task('1.1', 'Create data repositories for ML', 14),
          task('1.2', 'Identify and implement a data ingestion solution', 15),
          task('1.3', 'Identify and implement a data transformation solution', 13),
        ],
      },
      {
        id: '2',
        index: 1,
        title: 'Exploratory Data Analysis',
        weight: 24,
        quota: 16,
        minutes: 45,
        tasks: [
          task('2.1', 'Sanitize and prepare data for modeling', 16),
          task('2.2', 'Perform feature engineering', 17),
          task('2.3', 'Analyze and visualize data for ML', 16),
        ],
      },
      {
        id: '3',
        index: 2,
        title: 'Modeling',
        weight: 36,
        quota: 23,
        minutes: 64,
        tasks: [
          task('3.1', 'Frame business problems as ML problems', 14),
          task('3.2', 'Select the appropriate model for a given ML problem', 16),
          task('3.3', 'Train ML models', 15),
          task('3.4', 'Perform hyperparameter optimization', 14),
          task('3.5', 'Evaluate ML models', 17),
        ],
      },
      {
        id: '4',
        index: 3,
        title: 'Machine Learning Implementation and Operations',
        weight: 20,
        quota: 13,
        minutes: 36,
        tasks: [
          task('4.1', 'Build ML solutions for performance, availability and scalability', 12),
          task('4.2', 'Recommend and implement the appropriate ML services', 11),
          task('4.3', 'Apply basic AWS security practices to ML solutions', 12),
          task('4.4', 'Deploy and operationalize ML solutions', 13),
        ],
      },
    ],
    questions: 215,
    banks: 'all',
    bundled: 215,
    imported: 0,
    largest_paper: 65,
    diagnostic: 20,
    shortfall: null,
    source: 'https://docs.aws.amazon.com/aws-certification/',
    checked: '2026-11-24',
    ...parts,
  };
}
