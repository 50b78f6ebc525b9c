import type { ButtonSlot } from '../ActionButton/buttonPart.js'
import type { DialogSlot } from '../Dialog/Dialog.js'
import type { Styling } from '../Root.js'

/** The parts of the dialog in which a plan is changed. */
export type PlanChangeSlot = DialogSlot | 'plans' | 'when' | 'estimate' | 'note' | 'actions' | ButtonSlot

export type PlanChangeClassNames = Styling<PlanChangeSlot>['classNames']
