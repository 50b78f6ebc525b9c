import type { Styling } from '../Root.js'

/** The parts of the dialogs in which a plan or its seats are changed. */
export type PlanChangeSlot = 'title' | 'seats' | 'plans' | 'when' | 'estimate' | 'note' | 'actions' | 'error'

export type PlanChangeClassNames = Styling<PlanChangeSlot>['classNames']
