import { failureMessages } from '../failureMessages.js'
import { priceMessages } from '../PricingTable/priceMessages.js'

export const planChangeDialogMessages = {
  ...failureMessages,
  ...priceMessages,
  title: 'Change your plan',
  upgrade: 'Upgrade to {plan}',
  downgrade: 'Downgrade to {plan}',
  change: 'Switch to {plan}',
  cancelFirst: '{plan} has no seats. Cancel your plan first, and get {plan} when it has ended.',
  switchToMonth: 'Switch to monthly',
  switchToYear: 'Switch to yearly',
  loading: 'Loading…',
  unavailable: 'The plan cannot be shown right now. Please try again.',

  from: 'Current plan',
  to: 'New plan',
  unnamed: 'Your plan',
  when: 'When',
  now: 'Now',
  periodEnd: 'At the end of the period',
  periodEndOn: 'At the end of the period, on {date}',

  estimate: 'Estimated, before tax',
  credit: 'Credit for unused time',
  chargeRest: 'Rest of the period',
  chargePeriod: 'First period',
  due: 'Due today',
  balance: 'Credited to your balance',
  inTrial: 'No charge before the trial ends.',
  later: 'Nothing to pay today.',
  notEstimated: 'What is due today cannot be estimated here.',
  usage: 'Usage is charged on top.',

  confirmNow: 'Change now',
  confirmLater: 'Change at the end of the period',
  dismiss: 'Not now',
  failed: 'Your plan could not be changed. Please try again.',
} as const
