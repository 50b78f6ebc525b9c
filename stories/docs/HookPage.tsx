import { Description, Primary, Stories, Subtitle, Title } from '@storybook/addon-docs/blocks'
export function HookPage() {
  return (
    <>
      <Title />
      <Subtitle />
      <Description />
      <Primary />
      <Stories title="In every situation" includePrimary={false} />
    </>
  )
}
