/** The app's own part of the page, with its hooks and components. */
export declare function Billing(): null
