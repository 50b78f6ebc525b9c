import { forwardRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react'
import type { Catalog } from '../../contract/catalog.js'
import type { BillingError } from '../../contract/errors.js'
import type { Plan } from '../../contract/plans.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import type { ChangeMoment } from '../../contract/update.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonsProps } from '../ActionButton/buttonPart.js'
import { Dialog } from '../Dialog/Dialog.js'
import { type Interval, planCost, pricesFor, trialFor } from '../PricingTable/planCost.js'
import type { PlanChangeVerb } from '../PricingTable/planVerb.js'
import { changeFailureText } from '../failureText.js'
import { part, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { ChangeCost } from './ChangeCost.js'
import { changeEstimate, isOver } from './changeEstimate.js'
import { FromTo } from './FromTo.js'
import type { PlanChangeSlot } from './planChangeParts.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'
import { WhenChoice } from './WhenChoice.js'

export interface PlanChangeDialogViewProps
  extends
    Omit<RootProps<'dialog', PlanChangeSlot>, 'render' | 'open' | 'onClose' | 'onCancel' | 'title'>,
    ButtonsProps,
    LocalizedProps<typeof planChangeDialogMessages> {
  /** What the organization has; `undefined` while loading, or when it could not be read. */
  subscription?: CompleteSubscription | undefined
  /** The new plan; `undefined` like the subscription. */
  plan?: Plan | undefined
  /** One of them could not be read. */
  loadError?: unknown
  /** How often the new plan is paid. @default 'month' */
  interval?: Interval | undefined
  /** How the change is called; `cancelFirst`: the provider would refuse it, and the dialog says what to do instead. @default 'change' */
  verb?: PlanChangeVerb | 'cancelFirst' | undefined
  /** The currency to prefer where the subscription has none. */
  catalog?: Pick<Catalog, 'currency'> | undefined
  /** When the plan changes. @default 'now' */
  when?: ChangeMoment | undefined
  /** Without it there is nothing to choose. */
  onWhenChange?: ((when: ChangeMoment) => void) | undefined
  /** What "due today" is reckoned from. */
  now: Date
  /** From the confirmation until the answer the dialog cannot be dismissed. */
  isBusy?: boolean | undefined
  /** Why the change did not work. */
  error?: BillingError | null | undefined
  /** Called by the button that changes the plan. */
  onConfirm: () => void
  /** Called when somebody keeps the plan, presses Escape or clicks beside the dialog. */
  onDismiss: () => void
  /** Leads to where the payment method is: shown where the payment did not go through. */
  portal?: ReactNode
}

/**
 * Asks before a plan is changed: from which to which, when, and what that costs today. Renders a modal `<dialog>` that is open as long
 * as it is rendered; its state is on `data-state` (`loading`, `unavailable`, `idle`, `busy`, `error`).
 */
export const PlanChangeDialogView = forwardRef<HTMLDialogElement, PlanChangeDialogViewProps>(
  function PlanChangeDialogView(
    {
      subscription,
      plan,
      loadError,
      interval = 'month',
      verb = 'change',
      catalog,
      when = 'now',
      onWhenChange,
      now,
      isBusy = false,
      error,
      onConfirm,
      onDismiss,
      portal,
      renderButton,
      locale,
      timeZone,
      messages,
      ...props
    },
    ref,
  ) {
    const { classNames } = props
    const styling = { ...props, renderButton }
    const words = { locale, timeZone, messages, classNames }
    const text = translator(planChangeDialogMessages, messages, locale)
    const isRefused = verb === 'cancelFirst'
    const isReady = subscription !== undefined && plan !== undefined && !isRefused
    const prices = plan ? pricesFor(plan, interval, subscription?.currency ?? catalog?.currency) : []
    const cost = plan && planCost(plan, prices, false)
    const loading = loadError || isRefused ? 'unavailable' : 'loading'

    return (
      <Dialog
        ref={ref}
        title={plan ? text(isRefused ? 'change' : verb, { plan: plan.name }) : text('title')}
        onDismiss={isBusy ? () => undefined : onDismiss}
        data-state={isReady ? (isBusy ? 'busy' : error ? 'error' : 'idle') : loading}
        aria-busy={isBusy || undefined}
        {...(isBusy && STAY_OPEN)}
        {...props}
      >
        {isReady && cost ? (
          <>
            <FromTo subscription={subscription} to={{ name: plan.name, cost, interval }} {...words} />
            {onWhenChange && (
              <WhenChoice
                value={when}
                onChange={onWhenChange}
                periodEnd={isOver(subscription, now) ? null : subscription.currentPeriodEnd}
                isDisabled={isBusy}
                {...words}
              />
            )}
            <ChangeCost
              when={when}
              estimate={changeEstimate(
                subscription,
                { cost, interval, trial: trialFor(plan, interval) },
                now,
              )}
              isMetered={prices.some(({ type }) => type === 'metered')}
              {...words}
            />
          </>
        ) : (
          <p {...part('note', classNames)}>
            {isRefused && plan ? text(verb, { plan: plan.name }) : text(loading)}
          </p>
        )}
        <div {...part('actions', classNames)}>
          {error && (
            <p role="alert" {...part('error', classNames)}>
              {changeFailureText(error, text, text('failed'))}
            </p>
          )}
          {error?.code === 'PAYMENT_REQUIRED' && portal}
          <ActionButtonView
            {...buttonPart('quiet', styling)}
            state={isBusy ? 'loading' : 'idle'}
            onClick={onDismiss}
          >
            {text('dismiss')}
          </ActionButtonView>
          {isReady && (
            <ActionButtonView
              {...buttonPart('primary', styling)}
              state={isBusy ? 'busy' : 'idle'}
              onClick={onConfirm}
            >
              {text(when === 'now' ? 'confirmNow' : 'confirmLater')}
            </ActionButtonView>
          )}
        </div>
      </Dialog>
    )
  },
)

/** A browser closes a dialog at Escape, at the second one whatever the first was answered. */
const STAY_OPEN = {
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.preventDefault()
  },
  onClose: ({ currentTarget: dialog }: SyntheticEvent<HTMLDialogElement>) => {
    if (!dialog.open) dialog.showModal()
  },
}
