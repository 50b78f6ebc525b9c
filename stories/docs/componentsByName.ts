import * as kit from 'polar-billing-kit'
import type { ComponentType } from 'react'
import docs from 'virtual:component-docs'

const components = Object.entries<unknown>(kit).filter(
  (entry): entry is [string, ComponentType] => docs[entry[0]] !== undefined,
)

// A build shortens the names of functions; the code of a story shows these.
for (const [name, component] of components) component.displayName = name

/** A component of the package. */
export function componentNamed(name: string): ComponentType | undefined {
  return components.find(([other]) => other === name)?.[1]
}

/** The docs of a component of the package; others have none. */
export function docsOf(component: unknown) {
  const name = components.find(([, other]) => other === component)?.[0]
  return name === undefined ? undefined : docs[name]
}
