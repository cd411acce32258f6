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
  /** Where it leads. */
  opens: 'cards' | 'drill';
}

/** What Rust says can be studied now, in the order in which study brings it. */
export function agenda(cards: StudyView, plan: PlanView | null): AgendaItem[] {
  const items = cards.card === null ? [] : ofCards(cards, plan);
  const drill = plan?.drill ?? null;
  if (drill) {
    items.push({
      title: text.drill(drill),
      detail: text.task(drill.task),
      task: drill.task,
      minutes: drill.minutes,
      opens: 'drill',
    });
  }
  return items;
}

function ofCards(cards: StudyView, plan: PlanView | null): AgendaItem[] {
  const items: AgendaItem[] = [];
  const due = cards.review + cards.steps > 0;
  if (due) {
    items.push({
      title: text.review,
      detail: text.due(cards, plan),
      task: null,
      minutes: plan?.due_minutes ?? null,
      opens: 'cards',
    });
  }
  if (cards.new > 0) {
    const task = plan?.new_task ?? null;
    items.push({
      title: text.learn(cards),
      detail: task ? text.mostly(task) : due ? text.afterDue : '',
      task,
      minutes: plan?.new_minutes ?? null,
      opens: 'cards',
    });
  }
  return items;
}
