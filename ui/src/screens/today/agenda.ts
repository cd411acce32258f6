import type { PlanView, StudyView, TaskName } from '../../api/client';
import { agenda as text } from '../../text/today';

/** A part of the day that can be started now. */
export interface AgendaItem {
  title: string;
  detail: string;
  /** The task that most of it belongs to. */
  task: TaskName | null;
  /** Minutes it takes, where that is known. */
  minutes: number | null;
}

/** What Rust says can be studied now, in the order in which study brings it. */
export function agenda(cards: StudyView, plan: PlanView | null): AgendaItem[] {
  if (cards.card === null) return [];
  const items: AgendaItem[] = [];
  const due = cards.review + cards.steps > 0;
  if (due) {
    items.push({
      title: text.review,
      detail: text.due(cards, plan),
      task: null,
      minutes: plan?.due_minutes ?? null,
    });
  }
  if (cards.new > 0) {
    const task = plan?.new_task ?? null;
    items.push({
      title: text.learn(cards),
      detail: task ? text.mostly(task) : due ? text.afterDue : '',
      task,
      minutes: plan?.new_minutes ?? null,
    });
  }
  return items;
}
