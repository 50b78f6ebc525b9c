import type { Styling } from '../Root.js'

/** The parts of the dialog in which a plan is changed. */
export type PlanChangeSlot = 'title' | 'plans' | 'when' | 'estimate' | 'note' | 'actions' | 'error'

export type PlanChangeClassNames = Styling<PlanChangeSlot>['classNames']
