import type { StudyView } from '../../api/client';
import { agenda as text } from '../../text/today';

/** A part of the day that can be started now. */
export interface AgendaItem {
  title: string;
  detail: string;
}

/** What Rust says can be studied now, in the order in which study brings it. */
export function agenda(cards: StudyView): AgendaItem[] {
  if (cards.card === null) return [];
  const items: AgendaItem[] = [];
  const due = cards.review + cards.steps > 0;
  if (due) items.push({ title: text.review, detail: text.due(cards) });
  if (cards.new > 0) {
    items.push({ title: text.learn(cards), detail: due ? text.afterDue : '' });
  }
  return items;
}
