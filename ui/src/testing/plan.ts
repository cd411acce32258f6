import type { PlannedDay, PlanView, TaskName } from '../api/client';
import type { Cards } from './cards';
import type { Answer } from './desk';

/** Seconds a card takes in the fixtures. */
const PACE_S = 30;
const NEW_PACE_S = 50;

export const NEW_TASK: TaskName = {
  id: '3.4',
  title: 'Perform hyperparameter optimization',
  domain_index: 2,
};

/** The date so many days after another, `2025-11-24`. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A plan up to the exam that thins out towards it: from Monday 24 November 2025. */
export function plannedDays(count: number, first = 35): PlannedDay[] {
  return Array.from({ length: count }, (_, day) => {
    const minutes = day === 0 ? first : Math.max(5, Math.round(30 + 8 * Math.sin(day * 1.7) - day));
    return { date: dayAfter('2025-11-24', day), reviews: minutes * 2, new: day % 3, minutes };
  });
}

/** The plan that goes with the cards of a desk. */
export function planOf(cards: Cards, parts: Partial<PlanView> = {}): PlanView {
  const view = cards.view();
  const due = view.review + view.steps - view.steps_later;
  const due_minutes = Math.ceil((due * PACE_S) / 60);
  const new_minutes = Math.ceil((view.new * NEW_PACE_S) / 60);
  return {
    done: cards.done,
    recalled: Math.floor(cards.done * 0.9),
    minutes_done: Math.round((cards.done * 23) / 60),
    due,
    overdue: Math.floor(due / 4),
    due_minutes,
    new: view.new,
    new_minutes,
    new_task: view.new > 0 ? NEW_TASK : null,
    drill: null,
    seconds_per_review: PACE_S,
    budget_minutes: cards.budgetMinutes,
    days: plannedDays(23, due_minutes + new_minutes),
    ...parts,
  };
}

/** What Rust answers about the plan, over these cards. */
export function planAnswers(cards: Cards): Record<string, Answer> {
  return {
    plan: () => planOf(cards),
    shorten_day: (input) => {
      const minutes = input['minutes'] as number | null;
      cards.budgetMinutes = minutes;
      cards.budgetLeftMs = minutes === null ? null : minutes * 60_000;
      return planOf(cards);
    },
  };
}
