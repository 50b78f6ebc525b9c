import { failureMessages } from '../failureMessages.js'

/** What is named like a reason says it in the words of whoever cancels. */
export const cancelDialogMessages = {
  ...failureMessages,
  title: 'Cancel your plan?',
  titlePlan: 'Cancel {plan}?',
  staysUntil: 'Your plan stays until {date}. It is not renewed after that.',
  staysUntilThen: 'Your plan stays until {date}. After that you are on {plan}.',
  trialUntil: 'Your trial goes on until {date}. It ends then, and you are not charged.',
  trialUntilThen: 'Your trial goes on until {date}. It ends then without a charge, and you are on {plan}.',
  endsLater: 'Your plan ends with the current period. It is not renewed after that.',
  reason: 'Why are you canceling? (optional)',
  too_expensive: 'It is too expensive',
  missing_features: 'Something that I need is missing',
  switched_service: 'I use another service now',
  unused: 'I do not use it enough',
  customer_service: 'Support did not help me',
  low_quality: 'The quality was not good enough',
  too_complex: 'It is too complicated',
  other: 'Another reason',
  comment: 'What could be better? (optional)',
  commentLength: '{used} of {limit} characters',
  keep: 'Keep plan',
  confirm: 'Cancel plan',
  failed: 'Your plan could not be canceled. Please try again.',
} as const
